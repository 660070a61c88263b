"""Writes of public control, by what happens."""
