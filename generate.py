"""Builds every document; release builds call it. The same as `handouts build`."""

import sys

from handouts.cli.main import build_command, run

if __name__ == "__main__":
    sys.exit(run(build_command))
