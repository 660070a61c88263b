"""Every write on petitions, by stage of life."""
