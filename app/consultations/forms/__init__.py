"""What people send to draft acts and to their lists."""
