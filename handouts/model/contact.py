"""Whom readers may turn to: an entry of `contacts` in topic.yaml in; how it reads and what a link to it opens out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import quote

from msgspec import Meta, field

from handouts.model.base import AsOfField, Contradiction, Line, Model, Slug, written_fields
from handouts.model.phone import (
    Dial,
    Phone,
    Region,
    is_country,
    is_no_emergency_number,
    region_of,
    spelled_in_digits,
    spelled_twice,
)

System = Literal["phone", "sms", "url"]
Extension = Annotated[str, Meta(pattern=r"^[0-9]{1,7}$")]
ShortCode = Annotated[str, Meta(pattern=r"^[0-9]{3,6}$")]
PageAddress = Annotated[
    str,
    Meta(
        pattern=r"^https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]{1,5})?([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?$",
        max_length=300,
    ),
]
"""An address that any telephone can open: of the characters that addresses may have (RFC 3986) and no others."""

_WAYS = ("dial", "code", "address", "from")
_OF_THE_CLINIC = ("emergency", "source", "verified_on", "verified_by")
_NEEDS = (
    ("code", "region", "is a number of one country alone; add region: with its two letters, such as US"),
    ("region", "code", "stands beside no code; delete the key, since dial begins with the code of its country"),
    ("shown", "dial", "is how a number is printed, but there is none; add dial: with what a telephone calls"),
    ("extension", "dial", "is dialled after a number, but there is none; add dial: with what a telephone calls"),
    ("verified_on", "verified_by", "says when, but not who; add verified_by: with a name and role"),
    ("verified_by", "verified_on", "says who, but not when; add verified_on: with the day"),
)
"""A key, the one without which it means nothing, and what is said then."""


class Contact(Model, frozen=True, kw_only=True):
    """One way to reach somebody: a number, a short code of a country, a page, or the telephone of the clinic's file.

    `dial` is what a telephone calls (E.164); `shown` is how people read it and may spell digits as letters.
    `checks.phones` judges whether both are one number, and a number at all. No list has every short code, so that a
    code is judged by its form and by who verified it; only whether it is an emergency number is looked up.
    """

    system: System = "phone"
    dial: Dial | None = None
    shown: Phone | None = None
    extension: Extension | None = None
    code: ShortCode | None = None
    region: Region | None = None
    address: PageAddress | None = None
    from_: Literal["clinic"] | None = field(default=None, name="from")
    body: Line | None = None
    emergency: bool = False
    source: Slug | None = None
    verified_on: AsOfField | None = None
    verified_by: Line | None = None

    def __post_init__(self) -> None:
        given = {key for key, name in written_fields(type(self)).items() if getattr(self, name)}
        found = [*self._wrong_ways(given), *self._wrong_additions(given), *self._wrong_country(given)]
        if found:
            raise Contradiction(found)

    def _wrong_ways(self, given: set[str]) -> Iterator[tuple[str, str]]:
        ways = [way for way in _WAYS if way in given]
        if self.system == "url" and "address" not in ways:
            yield "system", "is url, but there is no address to open; add address:, or write system: phone"
        elif not ways:
            yield "", "says no way to reach anybody; add dial, code with region, address or from: clinic"
        if self.system != "url" and "address" in ways:
            yield "address", "is a page, which nobody calls; write system: url"
        if self.system == "sms" and "from" in ways:
            yield "from", "is a telephone, which may take no messages; leave system out, or give a number"
        for way in ways[1:]:
            yield way, f"is another way than '{ways[0]}'; make it a contact of its own"

    def _wrong_additions(self, given: set[str]) -> Iterator[tuple[str, str]]:
        for key, needed, message in _NEEDS:
            # A contact without any way is told as that.
            if key in given and needed not in given and (needed not in _WAYS or given & set(_WAYS)):
                yield key, message
        if self.body and self.system != "sms":
            yield "body", "is what a message says, and only an sms is one; write system: sms, or delete the key"
        if self.extension and self.system == "sms":
            yield "extension", "is dialled during a call, and an sms is none; delete the key"
        if self.from_ is None:
            if self.source is None and given & set(_WAYS):
                yield "", "lacks the key 'source'; write 'source:' with the id of where it was found"
            return
        for key in _OF_THE_CLINIC:
            if key in given:
                yield key, "is said of a number that each clinic's file gives; delete the key"

    def _wrong_country(self, given: set[str]) -> Iterator[tuple[str, str]]:
        if self.code and self.region and not is_country(self.region):
            yield "region", f"is {self.region}, which is no country; write its two letters, such as US or ES"
        elif self.emergency and self.code and self.region and is_no_emergency_number(self.code, self.region):
            message = f"is true, but {self.code} is no emergency number of {self.region}; correct the code"
            yield "emergency", f"{message}, or delete this key"
        elif self.emergency and given & {"dial", "address"}:
            yield "emergency", "is true, but only a short code is an emergency number; write its code and region"

    def text(self) -> str:
        """The number, code or address as people read it, without an extension; "" for that of a clinic."""
        return self.shown or self.dial or self.code or (self.address or "").removeprefix("https://")

    def digits(self) -> str:
        """`text` with the digits that a telephone's keys have for its letters: `1-866-603-6628`."""
        return spelled_in_digits(self.shown, self.dial) if self.shown and self.dial else self.text()

    def spelled(self) -> str:
        """`text`, each word in it followed by the digits that it stands for: `1-866-603-MMCT (6628)`."""
        return spelled_twice(self.shown, self.dial) if self.shown and self.dial else self.text()

    def href(self) -> str:
        """What a link or a QR code opens: `tel:` (RFC 3966), `sms:` (RFC 5724) or `https:`; "" for that of a clinic."""
        number = self.dial or self.code
        if number is None:
            return self.address or ""
        if self.system == "sms":
            return f"sms:{number}" + (f"?body={quote(self.body, safe='')}" if self.body else "")
        return f"tel:{number}" + (f";ext={self.extension}" if self.extension else "")

    def country(self) -> str | None:
        """The country (ISO 3166) that the number or code belongs to, None where that is not said."""
        return self.region or (region_of(self.dial) if self.dial else None)
