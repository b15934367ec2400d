"""The headers of every answer: what a browser may do with it, which is as little as it needs."""

from __future__ import annotations

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "frame-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The pages' Content-Security-Policy: our one script, one style sheet, pictures and previews, nothing inline."""

DOCUMENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""That of a PDF, which a page of ours shows in a frame. The browser's own viewer has a style attribute."""

EDITION_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""That of an HTML edition, which is one file with its style sheet in it, and no script."""

EVERYWHERE = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (b"x-frame-options", b"DENY"),
)
FRAMED = (b"x-frame-options", b"SAMEORIGIN")
POLICY = b"content-security-policy"


def completed(given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """An answer's headers with those that every answer has; a policy that it brings itself stays."""
    headers = list(given)
    names = {name.lower() for name, _ in headers}
    if POLICY not in names:
        headers.append((POLICY, PAGE_POLICY.encode()))
    if b"cache-control" not in names:
        headers.append((b"cache-control", b"no-store"))
    framed = any(name.lower() == POLICY and b"frame-ancestors 'self'" in value for name, value in headers)
    for name, value in EVERYWHERE:
        if name not in names:
            headers.append(FRAMED if framed and name == FRAMED[0] else (name, value))
    return headers
