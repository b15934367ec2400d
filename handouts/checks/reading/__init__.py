"""How hard a plan's words are to read: blocks → sentences → words → syllables → grades by published formulas."""
