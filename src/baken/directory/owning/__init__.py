"""What the owner of a service sees and corrects, without an account."""
