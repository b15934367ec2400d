"""Runs the application under uvicorn: an address in, requests answered until a signal comes.

Signals end it within two seconds, open streams and work in hand included.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Generator, Iterable
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from handouts.files.disk import UsageError, reason
from handouts.web.app import application
from handouts.web.guard import Log
from handouts.web.settings import Settings
from handouts.web.ward import Ward

GRACE_SECONDS = 1
"""How long answers that are under way may take once a signal has come."""


def listening(host: str, port: int) -> socket.socket:
    """A socket bound to an address; port 0 takes any that is free. Raises UsageError where it cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise UsageError(f"there is no host '{host}' on this machine; write an address such as 127.0.0.1") from None
    bound = socket.socket(family, kind, protocol)
    try:
        # Without it a port stays taken for a minute after its server has ended. On Windows it would let two share one.
        if hasattr(socket, "SO_REUSEPORT"):
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(512)
    except OSError as bad:
        bound.close()
        raise UsageError(f"cannot listen on {host}, port {port}: {reason(bad)}; choose another with --port") from None
    return bound


def serve(
    settings: Settings, bound: socket.socket, proxies: Iterable[str], log: Log, begun: Callable[[], None]
) -> None:
    """Answers requests on a socket until SIGTERM or SIGINT; calls `begun` once it does.

    The `proxies` are the addresses whose X-Forwarded-For and X-Forwarded-Proto are believed.
    """
    ward = Ward(settings)
    logging.getLogger("uvicorn.error").addHandler(_Faults(log))
    asyncio.run(_Server(configured(ward, proxies, log), ward, begun).serve([bound]))


def configured(ward: Ward, proxies: Iterable[str], log: Log) -> uvicorn.Config:
    """uvicorn as we run it: no log of its own, no header that names it, and no patience without end."""
    trusted = list(proxies)
    return uvicorn.Config(
        application(ward, log),
        http=cast("Any", _patient(ward.settings.limits.head_seconds)),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=20,
        h11_max_incomplete_event_size=32_768,
    )


class _Server(uvicorn.Server):
    """Sends open streams home when a signal comes, and returns instead of raising the signal anew."""

    def __init__(self, config: uvicorn.Config, ward: Ward, begun: Callable[[], None]) -> None:
        super().__init__(config)
        self._ward, self._begun = ward, begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._begun()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ward.watcher.send_home()
        self._ward.kitchen.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


class _Faults(logging.Handler):
    """Passes on what uvicorn has to say, by its kind alone: its messages may quote requests."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.ERROR)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "message"
        self._log(f"server: {kind}")


def _patient(seconds: float) -> type[H11Protocol]:
    """uvicorn's protocol, which closes a connection whose request does not have its whole head in time."""

    class Patient(H11Protocol):
        _waiting: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            # After an answer the next request begins with its first byte; waiting for that is what keep-alive bounds.
            if self._idle() and self._waiting is None:
                self._wait()
            super().data_received(data)
            if not self._idle():
                self._stop_waiting()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def _idle(self) -> bool:
            return self.cycle is None or self.cycle.response_complete  # pyright: ignore[reportUnnecessaryComparison]

        def _wait(self) -> None:
            self._waiting = self.loop.call_later(seconds, self._close)

        def _stop_waiting(self) -> None:
            if self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None

        def _close(self) -> None:
            self._waiting = None
            if self._idle() and not self.transport.is_closing():
                self.transport.close()

    return Patient
