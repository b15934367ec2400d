"""`python -m handouts`: the command line."""

from handouts.cli import main

main()
