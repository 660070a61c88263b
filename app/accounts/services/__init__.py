"""Everything that changes an account, by occasion."""
