"""The shape of what people send about comments, by audience."""
