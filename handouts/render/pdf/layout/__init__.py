"""Runs of text → lines → boxes → pages: what stands where. It measures, and never writes an operator."""
