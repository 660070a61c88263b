"""Every write to a draft act, by stage of its life."""
