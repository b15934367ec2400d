"""`python -m handouts`: the command line."""

from handouts.cli.main import main

main()
