"""People: who they are, how they prove it, and which roles they have."""
