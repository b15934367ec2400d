"""Rows in; files, a journal and a report out, over processes or machines."""
