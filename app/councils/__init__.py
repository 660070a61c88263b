"""Public councils: the register, seats and terms, and how a council is formed."""
