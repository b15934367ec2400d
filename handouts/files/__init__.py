"""Paths in; bytes, loaded values and files written whole out."""
