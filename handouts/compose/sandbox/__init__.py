"""Templates that cannot run code and have bounds: what Jinja2 they may use, what they may name, do and make."""
