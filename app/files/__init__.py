"""Attachments: what is accepted, under which name it is kept, how it is given out again."""
