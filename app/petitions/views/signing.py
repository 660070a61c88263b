"""Two pages: agree and sign; signed."""
