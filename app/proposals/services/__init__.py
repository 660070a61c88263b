"""What is done to proposals, by stage of life."""
