"""What people write about people: sealed to those who may read it. Plain Python on libsodium, without Django."""
