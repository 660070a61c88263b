"""Councils at work: what comes before them, sittings, votes, rulings and minutes."""
