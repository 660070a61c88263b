"""Petitions: from the first sentence of an author to the published decision of the addressee."""
