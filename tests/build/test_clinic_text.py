"""A clinic that was typed makes the very documents of a file with the same text, and no file of any name is opened."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from topic_samples import CONTENT, TODAY

from handouts.build.inputs import input_digests
from handouts.build.make import examine, make
from handouts.build.request import ClinicText, Request
from handouts.problems import ProblemsError

CARD = Request(TODAY, ("card",), ("ixazomib",), content=CONTENT)
FORM = "the clinic's form"


def text(**more: str) -> bytes:
    return "\n".join(["schema_version: 1", "name: Søn Clinic", *(f"{k}: {v}" for k, v in more.items()), ""]).encode()


def png(colour: str = "navy") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (60, 20), colour).save(held, "PNG")
    return held.getvalue()


def test_the_same_documents_as_of_a_file(tmp_path: Path) -> None:
    said = text(phone="1-202-555-0187", logo="{file: logo.png, alt: A river}", colours='{accent: "#004070"}')
    (tmp_path / "clinic.yaml").write_bytes(said)
    (tmp_path / "logo.png").write_bytes(png())
    filed, typed = (replace(CARD, clinic=one) for one in (tmp_path / "clinic.yaml", ClinicText(FORM, said, png())))
    (one,), (other,) = make(filed).made, make(typed).made
    assert one.data == other.data
    assert one.entry == other.entry
    assert input_digests(filed, ["ixazomib"]) == input_digests(typed, ["ixazomib"])


def test_another_logo_is_another_document() -> None:
    said = text(logo="{file: logo.png, alt: A river}")
    asked = [replace(CARD, clinic=ClinicText(FORM, said, png(colour))) for colour in ("navy", "maroon")]
    assert input_digests(asked[0], ["ixazomib"]) != input_digests(asked[1], ["ixazomib"])
    assert make(asked[0]).made[0].data != make(asked[1]).made[0].data


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (ClinicText(FORM, text(logo="{file: etc/passwd, alt: A river}")), f"{FORM}:3:14: FILE01 error: the logo"),
        (ClinicText(FORM, text(logo="{file: a.png, alt: A river}"), b"GIF89a"), "is a GIF, neither PNG nor JPEG"),
        (ClinicText(FORM, text(logo="{file: a.png, alt: A river}"), b"\0" * 4_000_001), "a logo may have at most 4 MB"),
        (ClinicText(FORM, text(), png()), "a logo was given, and nothing says what it shows"),
        (ClinicText(FORM, text(hourss="9 to 5")), f"{FORM}:3:1: SCHEMA01 error"),
        (ClinicText(FORM, b"#" * 1_000_001), "a YAML file may have at most 1 MB"),
    ],
    ids=["no picture", "not a PNG", "too large", "no alt text", "unknown key", "too long"],
)
def test_what_is_wrong_is_told_by_the_name_that_was_given(given: ClinicText, told: str) -> None:
    found = [str(one) for one in examine(replace(CARD, clinic=given)).findings if one.severity == "error"]
    assert len(found) == 1
    assert found[0].startswith(FORM)
    assert told in found[0]
    with pytest.raises(ProblemsError):
        make(replace(CARD, clinic=given))
