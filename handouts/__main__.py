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
        if sys.argv[1:2] in (["batch"], ["watch"]):
            _end_like_interrupted()
        from handouts.cli import main as cli

        sys.exit(cli.run(getattr(cli, command)))
    except KeyboardInterrupt:
        sys.stderr.write("stopped by the user\n")
        sys.exit(1)


def _end_like_interrupted() -> None:
    """Have a request to end what takes long, or its terminal's going, do what Ctrl-C does from its first moment on."""
    import signal

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What is ignored stays so: that is what nohup asks for.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


if __name__ == "__main__":
    main()
