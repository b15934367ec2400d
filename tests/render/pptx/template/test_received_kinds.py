"""Every other kind of file is called by its name; a .potx and a .ppsx are worn as a .pptx is."""

from __future__ import annotations

import io
import zipfile

import pytest
from pptx import Presentation
from received_samples import MAIN, TYPES, changed, plain, put, refusals, refused, replaced, worn

from handouts.render.pptx.template.package_file import SAVE_AS, UNLOCK

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(64)


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in members:
            package.writestr(name, data)
    return out.getvalue()


OTHERS = {
    "empty": (b"", "is empty"),
    "a PDF": (b"%PDF-1.7\n", "is a PDF"),
    "RTF": (b"{\\rtf1}", "is an RTF document"),
    "a picture": (b"\xff\xd8\xff\xe0", "is a picture"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c\0", "is a 7-Zip archive"),
    "RAR": (b"Rar!\x1a\7\0", "is a RAR archive"),
    "gzip": (b"\x1f\x8b\x08", "is a gzip archive"),
    "a page": (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
    "Google": (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "is a link to Google Slides"),
    "flat XML": (b'<?xml version="1.0"?>\n<pkg:package xmlns:pkg="x"/>', "is a presentation written as one XML file"),
    "a zip": (zipped(("a.txt", b"x")), "is a zip file, but not a PowerPoint file"),
    "ODP": (
        zipped(("mimetype", b"application/vnd.oasis.opendocument.presentation"), ("content.xml", b"<x/>")),
        "is an OpenDocument presentation (.odp, .otp)",
    ),
    "OTP": (
        zipped(("mimetype", b"application/vnd.oasis.opendocument.presentation-template")),
        "is an OpenDocument presentation (.odp, .otp)",
    ),
    "ODT": (
        zipped(("mimetype", b"application/vnd.oasis.opendocument.text")),
        "is an OpenDocument file, but not a presentation",
    ),
    "Keynote": (zipped(("Index/Document.iwa", b"x"), ("Data/a.jpg", b"x")), "is a Keynote presentation (.key)"),
    "older Keynote": (zipped(("index.apxl", b"x")), "is a Keynote presentation (.key)"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), OTHERS.values(), ids=OTHERS)
def test_another_kind_of_file_is_called_by_its_name(data: bytes, message: str) -> None:
    (problem,) = refusals(data)
    assert problem.message.startswith(message)
    assert problem.instead == SAVE_AS


@pytest.mark.parametrize(
    ("name", "message", "instead"),
    [
        ("PowerPoint Document", "is an old PowerPoint file (.ppt, .pps, .pot)", SAVE_AS),
        ("EncryptedPackage", "has a password, or its use is restricted", UNLOCK),
        ("WordDocument", "is an old Word document (.doc), not a PowerPoint file", SAVE_AS),
        ("Workbook", "is an old Excel workbook (.xls), not a PowerPoint file", SAVE_AS),
        ("Contents", "is an old Office file, or has a password", f"take the password off, then {SAVE_AS}"),
    ],
)
def test_a_compound_file_is_told_by_its_streams(name: str, message: str, instead: str) -> None:
    (problem,) = refusals(stream(name))
    assert (problem.message, problem.instead) == (message, instead)


PLAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


@pytest.mark.parametrize("kind", [b"template", b"slideshow"])
def test_a_template_file_and_a_slide_show_are_worn_as_a_presentation_is(kind: bytes) -> None:
    data = changed(replaced(TYPES, b"presentation.main+xml", kind + b".main+xml"))
    assert worn(data) == plain()
    assert Presentation(io.BytesIO(worn(data))).part.content_type == PLAIN.decode()


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "holds macros (.pptm)"),
        (b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml", "holds macros (.potm)"),
        (b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml", "holds macros (.ppsm)"),
        (b"application/vnd.ms-powerpoint.addin.macroEnabled.main+xml", "holds macros (.ppam)"),
        (b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "is a Word document"),
        (b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "is an Excel workbook"),
        (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", "is an Excel workbook"),
        (b"application/vnd.openxmlformats-officedocument.themeManager+xml", "is an Office theme (.thmx)"),
        (b"application/vnd.ms-visio.drawing.main+xml", "is a Visio drawing"),
        (b"application/xml", "is not a PowerPoint presentation"),
    ],
)
def test_another_package_is_called_by_its_name(kind: bytes, message: str) -> None:
    assert refused(changed(replaced(TYPES, PLAIN, kind))).startswith(message)


def test_a_macro_anywhere_is_refused() -> None:
    binary = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    assert refused(changed(replaced(TYPES, b"</Types>", binary), put("ppt/vbaProject.bin", b"x"))) == (
        "holds macros (.pptm)"
    )


def test_a_package_without_its_presentation_holds_none() -> None:
    assert refused(changed(lambda members: members.pop(MAIN) and None)) == "holds no presentation"
