"""When and where: whatever the public may come to, its calendar and its guests."""
