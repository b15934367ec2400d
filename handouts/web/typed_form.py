"""What forms with typed words share: the value of each field when a page is shown again, and the logo that is kept."""

from __future__ import annotations

from starlette.requests import Request

from handouts.web.choices import Fault
from handouts.web.typed import Typed
from handouts.web.ward import Ward

OLD_FORM = "This page was open for a long time. Press Show once more."


def value_of(typed: Typed, name: str) -> str:
    """What stands in a field."""
    if name == "clinic-address":
        return "\n".join(typed.address)
    if name == "logo-alt":
        return typed.logo_alt
    if name == "note":
        return typed.note
    return str(getattr(typed, name.removeprefix("clinic-")))


def kept_logo(web: Request, ward: Ward, typed: Typed, faults: tuple[Fault, ...]) -> str:
    """Keeps an uploaded logo for the next press of Show, since a page cannot fill in a field for files; its name, empty
    where there is none.
    """
    if typed.logo is None or any(one.field == "logo" for one in faults):
        return ""
    return ward.logos.put(typed.logo, len(typed.logo), ward.session(web))
