"""Locks on folders: while one run reads, merges and writes what stands in a folder, another waits for it.

The lock is the kernel's, on a file that is there only meanwhile: a run that is killed gives it up by that.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Generator
from pathlib import Path

from handouts.files.disk import UsageError, make_folder, not_a_file, reason, remove_if_empty, remove_unfinished

NAME = ".handouts.lock"
MOST_SECONDS = 300.0
"""How long a run waits. Writing takes a second: who holds a folder longer was stopped, or its disk does not answer."""
_QUIET_SECONDS = 1.0
_EVERY = 0.02
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""What a lock that another holds gives: EAGAIN from flock, the others from Windows."""

Tell = Callable[[str], object]


def tell_nobody(_message: str) -> None:
    """For who need not know that a run waits."""


@contextlib.contextmanager
def alone_in(folder: Path, tell: Tell = tell_nobody, most_seconds: float = MOST_SECONDS) -> Generator[None]:
    """Lets no other run of ours write to a folder meanwhile, and clears what killed ones left half-written there.

    Makes the folder, and takes it away again where nothing was written. `tell` hears of it when another run has to be
    waited for. Raises UsageError where the folder cannot be written, or another run does not end.
    """
    began = seen = time.monotonic()
    told = False
    made: tuple[Path, ...] = ()
    descriptor: int | None = None
    try:
        while descriptor is None:
            try:
                made = make_folder(folder) or made
                descriptor = try_lock(folder / NAME)
                seen = time.monotonic()
            except OSError as bad:
                # Another run may just have taken away the folder that it had made; soon one of the two makes it anew.
                if not isinstance(bad, FileNotFoundError) or time.monotonic() - seen > _QUIET_SECONDS:
                    raise UsageError(f"cannot write to {folder}: {reason(bad)}") from None
            if descriptor is None:
                waited = time.monotonic() - began
                if waited > most_seconds:
                    message = f"another run has been writing to {folder} for {most_seconds:g} seconds"
                    raise UsageError(f"{message}; end it, or choose another folder")
                if waited > _QUIET_SECONDS and not told:
                    tell(f"waiting for another run that writes to {folder}")
                    told = True
                time.sleep(_EVERY)
        remove_unfinished(folder)
        yield
    finally:
        if descriptor is not None:
            _unlock(descriptor, folder / NAME)
        remove_if_empty(made)


def try_lock(path: Path) -> int | None:
    """A descriptor that holds the lock on a file, made where there is none; None while another has it. Raises OSError.

    On a disk that knows no locks everybody has it.
    """
    flags = os.O_CREAT | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC"))
    try:
        descriptor = os.open(path, flags | os.O_RDWR, 0o666)
    except PermissionError as denied:
        # Made by somebody else, whose lock counts all the same; or the folder is nobody's to write to.
        try:
            descriptor = os.open(path, flags & ~os.O_CREAT | os.O_RDONLY)
        except FileNotFoundError:
            raise denied from None
    try:
        what = not_a_file(os.fstat(descriptor))
        if what:
            raise OSError(errno.EINVAL, f"{path.name} {what}")
        # Whoever had it may have taken the file away, and a third one made it anew.
        if _lock(descriptor) and _is_still(path, descriptor):
            return descriptor
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError as bad:
            return bad.errno not in _TAKEN
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as bad:
        return bad.errno not in _TAKEN
    return True


def _unlock(descriptor: int, path: Path) -> None:
    if os.name == "nt":  # pragma: no cover - Windows keeps files that are open
        os.close(descriptor)
        _remove(path)
        return
    # While it is held: a moment later it could be another's.
    _remove(path)
    os.close(descriptor)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
