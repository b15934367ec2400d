"""A handout's plan in, one self-contained HTML page out: no file beside it, no script, nothing to load."""
