"""The addressee's pages: register, review, decide."""
