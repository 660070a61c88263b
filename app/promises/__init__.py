"""What a body promised in public, followed until it is done."""
