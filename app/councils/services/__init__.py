"""Writes of councils."""
