"""Ctrl-C at whatever moment: one line, and status 1."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from topic_samples import ROOT

from handouts.cli.main import run

INTERRUPTED_IMPORT = """
import sys

module, sys.argv[1:] = sys.argv[1], ["sheets"]

class Interrupted:
    def find_spec(self, name, path, target=None):
        if name == module:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
from handouts.__main__ import main
main()
"""


@pytest.mark.parametrize("module", ["handouts.cli.main", "click", "handouts.files.workspace"])
def test_while_a_module_is_imported(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_IMPORT, module], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", "stopped by the user")


class Made:
    """As a descriptor's, its name is told to it while a class is made."""

    def __set_name__(self, owner: type, name: str) -> None:
        raise KeyboardInterrupt


def test_while_a_class_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def command() -> None:
        type("Class", (), {"made": Made()})

    assert run(command, []) == 1
    assert capsys.readouterr().err.strip() == "stopped by the user"
