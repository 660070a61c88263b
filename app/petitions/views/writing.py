"""Creating a petition, page by page."""
