"""A Dask cluster as the workers of a batch: a scheduler's address in, an executor on its workers out.

Workers need this program, and see the recipients' file, the content, the templates and the output folder under the same
paths. A worker that is lost costs its rows a second try elsewhere; writing a file twice gives the same file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from msgspec.structs import replace

from handouts.batch.work.work import Order
from handouts.batch.work.workers import Patience, Workers
from handouts.files.disk import UsageError

_AHEAD = 4
"""Chunks of rows that wait for each thread of a worker."""
_SECONDS = 30
_PATIENCE = Patience(start=900.0)
"""Dask itself has the rows of a worker that gives no sign done elsewhere, after 5 minutes (`worker-ttl`)."""
_ADDRESS = re.compile(r"(?:[a-z]+://)?[^/\s]+:\d{1,5}/?")


def cluster_workers(order: Order, address: str, patience: Patience | None = None) -> tuple[Order, Workers]:
    """The order with paths that hold everywhere, and the cluster's workers. Raises UsageError where there are none."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--cluster needs the package distributed; install handouts[cluster]") from None
    # A client that cannot read its address cannot be closed either, and would be waited for.
    if not _ADDRESS.fullmatch(address):
        raise UsageError(f"cannot use the cluster at {address}: write its address like tcp://host:8786")
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
        client.wait_for_workers(1, timeout=_SECONDS)
    except (OSError, ValueError, TimeoutError) as bad:
        said = str(bad).splitlines()[0] if str(bad) else type(bad).__name__
        raise UsageError(f"cannot use the cluster at {address}: {said}") from None
    threads = sum(cast("dict[str, int]", client.nthreads()).values())
    # A worker there can be stuck until long after the batch.
    order = replace(_everywhere(order), run=uuid4().hex)
    return order, Workers(lambda: _OnCluster(client), _AHEAD * max(threads, 1), patience or _PATIENCE)


class _OnCluster(Executor):
    """The cluster's own executor; rows over which worker after worker died are reported as a broken executor does."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor: Executor = client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a call on some worker."""
        inner = self._executor.submit(fn, *args, **kwargs)
        outer: Future[Any] = Future()

        def done(ended: Future[Any]) -> None:
            bad = None if ended.cancelled() else ended.exception()
            if ended.cancelled() or (bad is not None and type(bad).__name__ == "KilledWorker"):
                outer.set_exception(BrokenExecutor("the cluster lost its workers over these rows"))
            elif bad is not None:
                outer.set_exception(bad)
            else:
                outer.set_result(ended.result())

        inner.add_done_callback(done)
        return outer

    def kill_workers(self) -> None:
        """Wait for nothing that was begun. Nobody can end a thread of a worker; it is given no more of these rows."""
        self._executor.shutdown(wait=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, which goes on for others."""
        self._executor.shutdown(wait=wait)
        if wait:
            self._client.close()


def _everywhere(order: Order) -> Order:
    request = order.request
    paths = {name: _absolute(getattr(request, name)) for name in ("content", "templates", "deck_template", "out")}
    return replace(order, request=replace(request, **paths), recipients=order.recipients.absolute())


def _absolute(path: Path | None) -> Path | None:
    return path.absolute() if path else None
