"""Pages that belong to no noun: home, how it works, privacy, accessibility."""
