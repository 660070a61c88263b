"""The legal clocks: who owes which answer, by when, and whether it came."""
