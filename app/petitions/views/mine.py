"""What one citizen wrote and signed."""
