"""What people send to councils and their competitions."""
