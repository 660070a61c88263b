"""The platform of every page: the transaction, the guards, forms, errors, headers and caching."""
