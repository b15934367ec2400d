"""Slides that fit → the bytes of a presentation."""
