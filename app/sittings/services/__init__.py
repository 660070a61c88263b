"""Every write of councils at work, by stage: before a sitting, in it, after it."""
