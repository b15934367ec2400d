"""The same handout for other tools: our plan of it in, their sources out, with a look of its own for each."""
