"""Lists and the petition's own page."""
