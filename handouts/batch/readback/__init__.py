"""The bytes of a file in; nothing out, or what differs from what was to be in it."""
