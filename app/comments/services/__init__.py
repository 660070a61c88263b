"""Every write on comments, by stage of life."""
