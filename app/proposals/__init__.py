"""A citizen proposes a matter to a council or a body, without collecting signatures."""
