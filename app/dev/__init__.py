"""The demonstration country, its mail, and checks for developers."""
