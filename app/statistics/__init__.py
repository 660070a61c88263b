"""Tables over all bodies: who answers, and in time."""
