"""What people send about sittings, by who sends it."""
