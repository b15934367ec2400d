"""The command as it is started: the name of a command in, an exit status out.

The command line is imported here and nowhere earlier, so that whoever stops it meanwhile is told so in a line.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    # Only for checkers: reading `typing` takes as long as somebody needs to think better of it.
    from typing import NoReturn


def main(command: str = "commands") -> NoReturn:
    """Runs `commands`, all of them, or another of `handouts.cli.main`, and ends the process."""
    try:
        from handouts.cli import main as cli

        sys.exit(cli.run(getattr(cli, command)))
    except KeyboardInterrupt:
        sys.stderr.write("stopped by the user\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
