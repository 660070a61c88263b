"""One desk for the people who check petitions."""
