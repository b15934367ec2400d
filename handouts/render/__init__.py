"""Renderers: plans in, bytes out; one package a format, and none imports another."""
