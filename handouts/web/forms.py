"""The fields of a form, bounded in number and length, and held in memory. A request in, texts and one picture out."""

from __future__ import annotations

from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from handouts.web.settings import Limits

LOGO = "logo"


class Form(Struct, frozen=True):
    """The last text of each field, all texts of each, and the bytes of the logo, None where none was chosen."""

    fields: dict[str, str]
    all: dict[str, tuple[str, ...]]
    logo: bytes | None
    logo_name: str = ""


class _InMemory(MultiPartParser):
    """Parses uploads without a temporary file: the body is bounded and in memory already."""

    spool_max_size = 1 << 30


async def form_of(web: Request, limits: Limits) -> Form:
    """The form of a request. Raises HTTPException: 415 for no form, 422 for too many fields or too long ones."""
    kind = web.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            data = await _InMemory(
                web.headers, web.stream(), max_files=1, max_fields=limits.fields, max_part_size=limits.field_length * 4
            ).parse()
        elif kind == "application/x-www-form-urlencoded":
            data = await FormParser(
                web.headers, web.stream(), max_fields=limits.fields, max_part_size=limits.field_length * 12
            ).parse()
        else:
            raise HTTPException(415, "A form is wanted here.")
    except MultiPartException as bad:
        raise HTTPException(422, "The form has too many fields, or one that is too long.") from bad
    except HTTPException:
        raise
    except Exception as bad:
        # Parsers of what strangers send have no end of exceptions.
        raise HTTPException(400, "The form cannot be read.") from bad
    return await _read(data, limits)


async def _read(data: FormData, limits: Limits) -> Form:
    texts: dict[str, list[str]] = {}
    logo, name = None, ""
    for key, value in data.multi_items():
        if isinstance(value, UploadFile):
            if key == LOGO and value.filename:
                logo, name = await value.read(), value.filename
            await value.close()
            continue
        if len(key) > 100 or len(value) > limits.field_length:
            raise HTTPException(422, f"A field of the form has more than {limits.field_length:,} characters.")
        texts.setdefault(key, []).append(value)
    return Form({key: found[-1] for key, found in texts.items()}, {k: tuple(v) for k, v in texts.items()}, logo, name)
