"""The bodies that a petition may be addressed to and that answer it."""
