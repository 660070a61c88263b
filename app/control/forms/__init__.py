"""What people send about public control."""
