"""Builds every document; release builds call it. The same as `handouts build`."""

from handouts.__main__ import main

if __name__ == "__main__":
    main("build_command")
