"""Writes of recommendations and of the answers to them."""
