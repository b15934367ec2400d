"""Processes that make documents on demand, a module for each contestant. Other tools have a Python of their own."""
