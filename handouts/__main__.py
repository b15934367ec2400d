"""The command as it is started: the name of a command in, an exit status out.

The command line is imported here and nowhere earlier, so that whoever stops it meanwhile is told so in a line.
"""

from __future__ import annotations

import os
import sys

if __name__ == "__main__" and not sys.flags.safe_path and sys.path[0] != __file__.rsplit(os.sep, 2)[0]:
    # `python -m handouts` puts the current folder first on the path, and a stranger's folder could hold a `yaml.py`.
    del sys.path[0]

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
