"""Numbered recommendations of a ruling or of public control, and the answer that is owed to each of them."""
