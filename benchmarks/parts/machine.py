"""What a benchmark ran on, in words that name no machine of ours: system, processor, memory, Python, and versions."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> str:
    """One line on the machine and its state."""
    parts = [_system(), f"{os.cpu_count()} × {_processor()}"]
    memory = _memory()
    if memory:
        parts.append(f"{memory / 2**30:.0f} GiB of memory")
    parts.append(f"Python {platform.python_version()}")
    if hasattr(os, "getloadavg"):
        parts.append(f"load {os.getloadavg()[0]:.1f} at the start")
    return ", ".join(parts)


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0
