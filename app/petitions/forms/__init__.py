"""The shape of what people send about petitions, by audience."""
