"""Makes this folder's sample plans and templates importable from the tests of each room below it."""
