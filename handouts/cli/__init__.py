"""The command line: arguments in; messages on stderr and an exit status out."""
