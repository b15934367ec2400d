"""The Host and Origin headers: which name a browser believes to talk to. Header values in, verdicts out.

A page of a stranger can make a browser send requests here, and a name of a stranger can be made to lead here (DNS
rebinding): both show in these headers, which no script can change.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

LOOPBACK = ("localhost", "127.0.0.1", "::1")

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252}))(?::(?P<port>[0-9]{1,5}))?")
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")


def host_name(header: str) -> str | None:
    """The name that a Host header holds, in lower case and without port, final dot or brackets; None if it is no host
    (RFC 9110, 7.2; RFC 3986, 3.2.2).
    """
    found = _HOST.fullmatch(header)
    if found is None or (found["port"] and not 0 < int(found["port"]) < 65536):
        return None
    name = found["name"].lower()
    if name.startswith("["):
        try:
            return ipaddress.IPv6Address(name[1:-1]).compressed
        except ValueError:
            return None
    return name.removesuffix(".") or None


def allowed_name(given: str) -> str | None:
    """A name or address as typed for `--allow-host`, as `host_name` gives it; None for a wildcard or what else is no
    host.
    """
    bare = given.strip().lower().removesuffix(".")
    literal = bare[1:-1] if bare.startswith("[") and bare.endswith("]") else bare
    try:
        return ipaddress.ip_address(literal).compressed
    except ValueError:
        return bare if _NAME.fullmatch(bare) and len(bare) < 254 else None


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def same_origin(host: str, origins: Iterable[str], fetch_sites: Iterable[str]) -> bool:
    """Whether a request that changes or tells something comes from a page of ours (Fetch Standard; Fetch Metadata).

    `host` is the Host header. Under our `Referrer-Policy: no-referrer` browsers send `Origin: null` with our forms, so
    that `null` counts where they also say that the form's page is of the same origin.
    """
    sites, origins = tuple(fetch_sites), tuple(origins)
    if len(sites) > 1 or len(origins) > 1:
        return False
    if sites and sites[0] != "same-origin":
        return False
    if not origins or (origins[0] == "null" and sites):
        return True
    scheme, separator, named = origins[0].partition("://")
    if not separator or scheme not in ("http", "https"):
        return False
    return _with_port(named.lower(), scheme) == _with_port(host.lower(), scheme)


def _with_port(host: str, scheme: str) -> str:
    usual = ":443" if scheme == "https" else ":80"
    return host.removesuffix(usual)
