"""What people write about people: sealed to those who may read it. The cryptography is plain Python, without Django."""
