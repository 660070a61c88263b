"""The country, its regions and districts, and how many people live there."""
