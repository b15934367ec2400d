"""A table in; recipients, checked one by one, and the names of their files out."""
