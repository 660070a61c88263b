"""Every write: following, announcing, sending."""
