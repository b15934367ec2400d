"""A finished batch in; one file for the printer out."""
