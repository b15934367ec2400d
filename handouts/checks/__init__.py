"""Checks: a loaded topic → findings. One module a subject; each rule yields located problems and changes nothing."""
