"""Blocks → paragraphs and pieces → slides on which everything fits; all is measured before a byte is written."""
