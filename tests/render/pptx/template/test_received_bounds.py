"""Whatever a template holds, it is judged in little time and memory, and the message says what is too much of it."""

from __future__ import annotations

import io
import json
import os
import re
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from received_samples import (
    LAYOUT,
    LAYOUT_RELS,
    MAIN,
    MAIN_RELS,
    MASTER,
    MASTER_RELS,
    OFFICE,
    PIXEL,
    THEME,
    TYPES,
    Members,
    changed,
    drawn,
    members_of,
    picture,
    plain,
    png_type,
    put,
    refused,
    rel,
    related,
    replaced,
    small,
    worn,
)
from stranger_templates import DEFAULT, repacked, stranger
from topic_samples import ROOT

from handouts.problems import ProblemsError
from handouts.render.pptx.template import garbled, judged_xml, package_file, received, relationships, template
from handouts.render.pptx.template.xml_parts import parsed, serialised
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

PLAIN = b'<p:sp><p:nvSpPr><p:cNvPr id="9" name="S"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>'
PLACE = PLAIN.replace(b"<p:nvPr/>", b'<p:nvPr><p:ph type="body" idx="0"/></p:nvPr>')
DEFAULT_TYPE = b'<Default Extension="a" ContentType="b/c"/>'
POINT = b'<a:lnTo><a:pt x="100" y="200"/></a:lnTo>'


def curve(points: int) -> bytes:
    """A shape drawn through many points, as maps are."""
    path = b'<a:path w="1" h="1"><a:moveTo><a:pt x="0" y="0"/></a:moveTo>' + POINT * points + b"</a:path>"
    drawn_by = b"<p:spPr><a:custGeom><a:pathLst>" + path + b"</a:pathLst></a:custGeom></p:spPr>"
    return PLAIN.replace(b"<p:spPr/>", drawn_by)


def namespaces(count: int, within: bytes = b"") -> bytes:
    """An element with many declared namespaces, and what stands in it."""
    declared = b" ".join(b'xmlns:a%d="u%d"' % (n, n) for n in range(count))
    return b"<p:x " + declared + b">" + within + b"</p:x>"


def layouts(count: int, shapes: bytes = b"") -> bytes:
    """The small template with further layouts."""

    def change(members: Members) -> None:
        layout = members[LAYOUT].replace(b"</p:spTree>", shapes + b"</p:spTree>")
        rels, types, listed = [], [], []
        for number in range(100, 100 + count):
            name = f"ppt/slideLayouts/slideLayout{number}.xml"
            members[name] = layout.replace(b"Title and Content", b"Layout %d" % number)
            members[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = members[LAYOUT_RELS]
            rels.append(rel("slideLayout", f"/{name}", ident=f"rIdL{number}"))
            kind = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"
            types.append(f'<Override PartName="/{name}" ContentType="{kind}"/>')
            listed.append(f'<p:sldLayoutId id="{2147490000 + number}" r:id="rIdL{number}"/>')
        related("".join(rels), MASTER_RELS)(members)
        replaced(TYPES, b"</Types>", "".join(types).encode() + b"</Types>")(members)
        replaced(MASTER, b"</p:sldLayoutIdLst>", "".join(listed).encode() + b"</p:sldLayoutIdLst>")(members)

    return changed(change)


def masters(count: int) -> bytes:
    """The small template with its master listed again and again."""
    again = b"".join(b'<p:sldMasterId id="%d" r:id="rId1"/>' % (2147490000 + n) for n in range(count))
    return changed(replaced(MAIN, b"</p:sldMasterIdLst>", again + b"</p:sldMasterIdLst>"))


def judged(data: bytes) -> tuple[str, float]:
    """Why a template is refused, "" where it is not, and the seconds of processor time that this took."""
    template._template_of.cache_clear()
    begun = time.process_time()
    try:
        template.template_of(TemplateFile(data, "t.pptx"), Theme())
    except ProblemsError as bad:
        return bad.problems[0].message, time.process_time() - begun
    return "", time.process_time() - begun


SIMPLER = "simplify or remove what is drawn there"
TOO_MUCH: dict[str, tuple[Callable[[], bytes], str]] = {
    "points": (lambda: changed(drawn(curve(40_000))), f"part {LAYOUT} has 80,1"),
    "2.7 million shapes": (lambda: changed(drawn(b"<p:sp/>" * 2_700_000)), f"part {LAYOUT} has 18.9 MB of XML"),
    "shapes": (lambda: changed(drawn(PLAIN * 5000)), f"part {LAYOUT} has 5,00"),
    "placeholders": (lambda: changed(drawn(PLACE * 200)), f"part {LAYOUT} has 205 placeholders; the most is 100"),
    "attributes": (
        lambda: changed(drawn(b"<p:x " + b" ".join(b'a%d=""' % n for n in range(200_000)) + b"/>")),
        "attributes; the most is 50,000",
    ),
    "namespaces": (
        lambda: changed(drawn(namespaces(100_000))),
        f"part {LAYOUT} has 100,",
    ),
    "few namespaces of many elements": (
        lambda: changed(drawn(namespaces(6000, b"<p:y/>" * 30_000))),
        "declarations of namespaces; the most is 4,000",
    ),
    "depth": (lambda: changed(drawn(b"<p:grpSp>" * 120 + b"</p:grpSp>" * 120)), f"in part {LAYOUT} elements lie more"),
    "great depth": (
        lambda: changed(drawn(b"<p:x>" * 20_000 + b"</p:x>" * 20_000)),
        f"in part {LAYOUT} elements lie more than 100 deep",
    ),
    "text": (lambda: changed(drawn(b"<p:x>" + b"x" * 5_000_000 + b"</p:x>")), "MB of XML; the most is 4 MB"),
    "references": (
        lambda: changed(drawn(b"<p:x>" + b"&lt;" * 900_000 + b"</p:x>")),
        "references to characters; the most is 50,000",
    ),
    "text that is escaped": (lambda: changed(drawn(b"<p:x>" + b">" * 3_900_000 + b"</p:x>")), "has 15.6 MB of XML"),
    "values that are escaped": (lambda: changed(drawn(b"<p:x y='" + b'"' * 3_900_000 + b"'/>")), "has 23.4 MB of XML"),
    "a name": (lambda: changed(drawn(b"<p:" + b"x" * 3_000_000 + b"/>")), f"is damaged: part {LAYOUT} is not XML"),
    "space": (lambda: changed(drawn(b" " * 15_000_000)), f"part {LAYOUT} has 15.0 MB of XML; the most is 4 MB"),
    "space in all": (lambda: changed(drawn(b" " * 50_000_000)), "times its size; the most is 300 times"),
    "layouts in all": (lambda: layouts(320), "has more than 300 slide layouts"),
    "points in all": (lambda: layouts(100, curve(2000)), "have more than 150,000 elements"),
    "placeholders in all": (lambda: layouts(60, PLACE * 90), "have more than 3,000 placeholders"),
    "masters": (lambda: masters(60), "has 61 slide masters; the most is 30"),
    "relationships": (
        lambda: changed(related("".join(rel("image", "x", ident=f"r{n}") for n in range(12_000)))),
        "have more than 10,000 relationships",
    ),
    "types": (
        lambda: changed(replaced(TYPES, b"</Types>", DEFAULT_TYPE * 70_000 + b"</Types>")),
        f"part {TYPES} has 70,",
    ),
    "members": (
        lambda: repacked(small(), lambda m: m.update({f"x/{n}": b"" for n in range(6000)})),
        "parts; the most is 5,000",
    ),
    "very many members": (lambda: small() + b"PK\1\2" * 60_000, "has about 60,01"),
    "a long name of a member": (lambda: changed(put("x" * 300, b"")), "whose name has 300 characters; the most is 250"),
    "problems": (lambda: changed(drawn(b"<a:spcPts/>" * 30_000)), f"part {LAYOUT}, line "),
}  # fmt: skip


@pytest.mark.parametrize(
    ("make", "message"),
    [pytest.param(*one, id=name, marks=pytest.mark.slow if "all" in name else ()) for name, one in TOO_MUCH.items()],
)
def test_too_much_of_anything_is_refused_at_once_and_said(make: Callable[[], bytes], message: str) -> None:
    told, seconds = judged(make())
    assert message in told
    assert seconds < 3


MUCH: dict[str, Callable[[], bytes]] = {
    "a map in a layout": lambda: changed(drawn(curve(19_000))),
    "a map in a master": lambda: changed(drawn(curve(19_000), MASTER)),
    "maps in every part": lambda: repacked(layouts(2, curve(18_000)), drawn(curve(18_000))),
    "shapes in every part": lambda: repacked(layouts(7, PLAIN * 2900), drawn(PLAIN * 2900)),
    "shapes": lambda: changed(drawn(PLAIN * 2900)),
    "shapes of a master": lambda: changed(drawn(PLAIN * 2900, MASTER)),
    "placeholders": lambda: changed(drawn(PLACE * 90)),
    "placeholders of a master": lambda: changed(drawn(PLACE * 90, MASTER)),
    "layouts": lambda: layouts(290),
    "layouts of many placeholders": lambda: layouts(50, PLACE * 50),
    "layouts of many shapes": lambda: layouts(90, PLAIN * 200),
    "layouts of many points": lambda: layouts(90, curve(600)),
    "attributes": lambda: changed(drawn(b"<p:x " + b" ".join(b'a%d=""' % n for n in range(49_000)) + b"/>")),
    "attributes of many elements": lambda: changed(drawn(b"<p:x a='' b=''/>" * 24_000)),
    "namespaces": lambda: changed(drawn(namespaces(3900, b"<p:y/>" * 35_000))),
    "names": lambda: changed(drawn(b"".join(b"<p:y%d/>" % n for n in range(39_000)))),
    "text": lambda: changed(drawn(b"<p:y>" + b"&lt;" * 49_000 + b"x" * 3_600_000 + b"</p:y>")),
    "instructions": lambda: changed(drawn(b"<?x y?>" * 39_000)),
    "comments": lambda: layouts(14, b"<!--" + os.urandom(950_000).hex().encode() + b"-->"),
}


@pytest.mark.slow
@pytest.mark.parametrize("make", MUCH.values(), ids=MUCH)
def test_all_that_is_taken_is_taken_in_little_time(make: Callable[[], bytes]) -> None:
    told, seconds = judged(make())
    assert told == ""
    # Two seconds on a machine that does nothing else; shared ones take twice as long.
    assert seconds < 4


def test_a_map_and_a_wall_of_portraits_are_taken() -> None:
    told, seconds = judged(changed(drawn(curve(5000) + PLACE * 80)))
    assert told == ""
    assert seconds < 4


_MEASURED = """
import json, pathlib, re, resource, sys, time
from handouts.cli.main import commands, run
status = run(commands, ["check-template", sys.argv[1]])
used, held = resource.getrusage(resource.RUSAGE_SELF), pathlib.Path("/proc/self/status")
peak = int(re.search(r"VmHWM:\\s*([0-9]+)", held.read_text())[1]) if held.exists() else used.ru_maxrss
print(json.dumps([status, used.ru_utime + used.ru_stime, peak / 1024]))
"""
# Linux counts for ru_maxrss what the tests themselves held before this process began; VmHWM begins with it.


def measured(path: Path) -> tuple[int, float, float]:
    """Exit status, seconds and megabytes of `check-template` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120,
    )  # fmt: skip
    status, seconds, megabytes = json.loads(done.stdout)
    return status, seconds, megabytes


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pictures", "bomb of pictures", "sample slides", "shapes", *MUCH])
def test_memory_stays_below_500_mb(kind: str, tmp_path: Path) -> None:
    noise = os.urandom(1_000_000)
    many: dict[str, Callable[[], bytes]] = {
        "pictures": lambda: changed(
            png_type, drawn(picture()), related(rel("image", "/p.png")), put("p.png", noise * 55)
        ),
        "bomb of pictures": lambda: changed(
            png_type, drawn(picture()), related(rel("image", "/p.png")), put("p.png", b"\0" * 95_000_000),
            put("q.png", os.urandom(400_000)),
        ),
        "sample slides": lambda: changed(put("ppt/slides/slide1.xml", noise * 59)),
        "shapes": lambda: changed(drawn(b"<p:sp/>" * 2_700_000)),
    } | MUCH  # fmt: skip
    path = tmp_path / "t.pptx"
    path.write_bytes(many[kind]())
    status, seconds, megabytes = measured(path)
    assert status in (0, 1)
    assert megabytes < 500
    # The decks of all shipped topics are made on what is taken, which is most of it.
    assert seconds < 9


def test_pictures_of_tens_of_megabytes_are_usual_and_those_of_sample_slides_are_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package_file, "MAX_KEPT", 200_000)
    rest = put("ppt/media/sample.png", PIXEL + os.urandom(400_000))
    assert judged(changed(rest))[0] == ""
    shown = (png_type, drawn(picture()), related(rel("image", "../media/sample.png")))
    monkeypatch.setattr(package_file, "MAX_KEPT", 600_000)
    assert judged(changed(rest, *shown))[0] == ""
    monkeypatch.setattr(package_file, "MAX_KEPT", 410_000)
    assert refused(changed(rest, *shown)) == "its masters and layouts unpack to more than 0 MB"


def test_a_part_that_nothing_refers_to_is_not_read() -> None:
    broken = put("ppt/slideLayouts/slideLayout77.xml", b"<not xml")
    assert worn(changed(broken)) == plain()


@pytest.mark.parametrize(
    ("module", "limit", "value", "message"),
    [
        (judged_xml, "MAX_ELEMENTS", 10, "elements; the most is 10"),
        (judged_xml, "MAX_ALL_ELEMENTS", 50, "have more than 50 elements"),
        (judged_xml, "MAX_ATTRIBUTES", 10, "attributes; the most is 10"),
        (judged_xml, "MAX_REFERENCES", -1, "references to characters; the most is -1"),
        (judged_xml, "MAX_NAMESPACES", 2, "declarations of namespaces; the most is 2"),
        (judged_xml, "MAX_ALL_ATTRIBUTES", 50, "have more than 50 attributes"),
        (judged_xml, "MAX_ALL_SIZE", 3000, "have more than 3,000 bytes of XML"),
        (garbled, "MAX_SHAPES", 2, "shapes; the most is 2"),
        (garbled, "MAX_PLACEHOLDERS", 2, "placeholders; the most is 2"),
        (received, "MAX_LAYOUTS", 1, "has more than 1 slide layouts"),
        (received, "MAX_MASTERS", 0, "has 1 slide masters; the most is 0"),
        (received, "MAX_PLACEHOLDERS", 3, "have more than 3 placeholders"),
        (received, "MAX_RELATIONSHIPS", 3, "have more than 3 relationships"),
        (package_file, "MAX_NAME", 10, "characters; the most is 10"),
    ],
)
def test_every_limit_is_said_where_it_is_passed(
    module: object, limit: str, value: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, value)
    told, _ = judged(small())
    assert message in told


def test_a_real_template_keeps_far_below_every_limit() -> None:
    default = members_of(stranger(DEFAULT).data)
    xml = [data for name, data in default.items() if name.endswith(".xml")]
    assert max(map(len, xml)) * 100 < judged_xml.MAX_SIZE
    assert sum(data.count(b"<") - data.count(b"</") for data in xml) * 50 < judged_xml.MAX_ALL_ELEMENTS
    assert max(data.count(b"=") for data in xml) * 50 < judged_xml.MAX_ATTRIBUTES
    assert max(data.count(b"xmlns") for data in xml) * 50 < judged_xml.MAX_NAMESPACES
    assert sum(data.count(b"<p:ph") for data in xml) * 25 < received.MAX_PLACEHOLDERS
    assert len(default) * 50 < package_file.MAX_MEMBERS
    assert sum(data.count(b"<Relationship ") for data in default.values()) * 50 < relationships.MAX_RELATIONSHIPS


# The zip file itself.


def with_flag(data: bytes, name: str, flag: int) -> bytes:
    """A zip file with flags of one member set, in its directory and before its bytes."""
    out = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        start = package.getinfo(name).header_offset
        at = package.start_dir
        for info in package.infolist():
            if info.filename == name:
                break
            at += 46 + len(info.filename.encode()) + len(info.extra) + len(info.comment)
    for place in (start + 6, at + 8):
        (flags,) = struct.unpack_from("<H", out, place)
        struct.pack_into("<H", out, place, flags | flag)
    return bytes(out)


@pytest.mark.parametrize("flag", [0x1, 0x41, 0x2000])
def test_an_encrypted_member_is_a_password(flag: int) -> None:
    assert refused(with_flag(small(), LAYOUT, flag)) == "has a password"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_way_of_packing_is_refused_unpacked(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in members_of(small()).items():
            package.writestr(name, data)
    assert refused(out.getvalue()) == "is packed in a way that no PowerPoint file is"


def test_names_that_differ_in_case_or_encoding_alone_are_doubled() -> None:
    for name in ("PPT/presentation.xml", "ppt/presentation%2exml"):
        assert "doubled, or differ in case alone" in refused(changed(put(name, b"<again/>")))


@pytest.mark.parametrize("name", ["../x.xml", "/etc/passwd", "ppt/../../x", "..\\x.xml", "%2e%2e/x.xml"])
def test_a_member_that_leads_out_of_the_file_is_refused(name: str) -> None:
    assert refused(changed(put(name, b"x"))).startswith("has a part whose name leads out of the file: ")


def test_members_that_lie_in_each_other_are_refused() -> None:
    data = bytearray(changed(put("a.bin", os.urandom(9000)), put("b.bin", b"x")))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        inside = package.getinfo("a.bin").header_offset + 100
        place = bytes(data).rindex(b"b.bin") - 4
    struct.pack_into("<L", data, place, inside)
    assert "lie in each other: a.bin" in refused(bytes(data))


def test_a_wrong_checksum_is_told_with_its_part() -> None:
    data = bytearray(small())
    crc = struct.pack("<L", zlib.crc32(members_of(small())[LAYOUT]))
    for _ in range(2):
        at = data.index(crc)
        data[at] ^= 0xFF
    assert refused(bytes(data)).startswith(f"is damaged: part {LAYOUT}: Bad CRC-32")


@pytest.mark.parametrize("at", [4, 14, 26, 28, 30, 42])
def test_a_damaged_directory_is_damage_or_nothing(at: int) -> None:
    data = bytearray(small())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        start = package.start_dir
    data[start + at] ^= 0x55
    for message in (judged(bytes(data))[0],):
        assert not message or message.startswith(("is ", "has ", "part ", "says ", "holds "))


def test_sizes_of_64_bits_and_sizes_behind_the_bytes_are_read() -> None:
    wide, behind = io.BytesIO(), _Unseekable()
    with zipfile.ZipFile(wide, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members_of(small()).items():
            with package.open(name, "w", force_zip64=True) as stream:
                stream.write(data)
    with zipfile.ZipFile(behind, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members_of(small()).items():
            package.writestr(name, data)
    for made in (wide.getvalue(), bytes(behind.written)):
        assert worn(made) == plain()


class _Unseekable(io.RawIOBase):
    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.written += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def test_a_member_that_says_it_is_small_is_not_unpacked_further() -> None:
    data = bytearray(repacked(small(), put("x.png", b"\0" * 5_000_000)))
    for _ in range(2):
        at = data.index(struct.pack("<L", 5_000_000))
        struct.pack_into("<L", data, at, 10)
    data = bytearray(data)
    assert judged(bytes(data))[0] == ""


# How parts are written.


def body(data: bytes) -> str:
    """A part's XML without its declaration."""
    return re.sub(r"^<[?]xml.*?[?]>", "", data.decode("utf-8-sig"), flags=re.DOTALL)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "encoding"),
    [*((name, "utf-16") for name in (MAIN, MASTER, LAYOUT, THEME, LAYOUT_RELS, MAIN_RELS, TYPES)),
     (LAYOUT, "utf-16-le"), (LAYOUT, "utf-16-be")],
)  # fmt: skip
def test_a_part_in_utf_16_is_read(name: str, encoding: str) -> None:
    def change(members: Members) -> None:
        members[name] = f'<?xml version="1.0" encoding="UTF-16"?>{body(members[name])}'.encode(encoding)

    made = members_of(worn(changed(change)))
    assert all(not data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")) for data in made.values())
    assert made.keys() == members_of(plain()).keys()


@pytest.mark.parametrize("said", ["windows-1252", "UTF-7", "IBM037", "ISO-8859-1", "utf-32"])
def test_a_part_in_another_encoding_is_refused(said: str) -> None:
    def change(members: Members) -> None:
        members[LAYOUT] = f'<?xml version="1.0" encoding="{said}"?>{body(members[LAYOUT])}'.encode()

    assert refused(changed(change)) == f"part {LAYOUT} is written in {said}, not in UTF-8"


SMUGGLED = (
    f'~{{<![CDATA[X~}}</a:t></a:r><a:r><a:rPr lang="en-US"><a:hlinkClick xmlns:r="{OFFICE}" r:id="" '
    'action="ppaction://program?name=calc.exe"/></a:rPr><a:t>~{]]>X~}'
)
"""Text to a reader of UTF-8, and to one of HZ a click that runs a program."""


@pytest.mark.parametrize("said", ["HZ", "HZ-GB-2312", "shift_jis", "utf-7", "no-such", "x" * 60])
@pytest.mark.parametrize("form", ["{0}encoding='{1}'", "encoding{0}={0}'{1}'", "standalone='yes'{0}encoding='{1}'"])
@pytest.mark.parametrize("name", [LAYOUT, MASTER])
def test_an_encoding_is_found_wherever_the_declaration_says_it(name: str, form: str, said: str) -> None:
    def change(members: Members) -> None:
        text = body(members[name]).replace("Click to edit Master title style", SMUGGLED, 1)
        assert SMUGGLED in text
        members[name] = f"<?xml version='1.0' {form.format(' ' * 250, said)}?>{text}".encode()

    assert refused(changed(change)) == f"part {name} is written in {said[:40]}, not in UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_an_encoding_is_found_behind_the_bytes_of_utf_16(encoding: str) -> None:
    def change(members: Members) -> None:
        members[LAYOUT] = f'<?xml version="1.0" encoding="HZ"?>{body(members[LAYOUT])}'.encode(encoding)

    assert refused(changed(change)) == f"part {LAYOUT} is written in HZ, not in UTF-8"


@pytest.mark.parametrize("name", [MAIN, MASTER, LAYOUT, THEME])
def test_what_is_kept_of_a_part_is_what_was_judged_and_not_its_bytes(name: str) -> None:
    def change(members: Members) -> None:
        head = "<?xml version='1.0' encoding='US-ASCII'?><?xml-stylesheet href='https://x.example/a.xsl'?>"
        members[name] = f"{head}{body(members[name])}<!-- end -->".encode()

    kept = received.received(changed(change), "t.pptx")
    for part in kept.parts.values():
        if part.data.startswith(b"<"):
            assert part.data == serialised(parsed(part))
            assert b"US-ASCII" not in part.data
            assert b"x.example" not in part.data


LAUGHS = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;"> ]>'
OUTSIDE = '<!DOCTYPE p SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, "<!DOCTYPE p>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", [LAYOUT, LAYOUT_RELS, MAIN, TYPES, THEME])
def test_entities_are_refused_in_any_encoding_and_part(name: str, encoding: str, declared: str) -> None:
    def change(members: Members) -> None:
        said = "UTF-8" if encoding.startswith("utf-8") else "UTF-16"
        members[name] = f'<?xml version="1.0" encoding="{said}"?>{declared}{body(members[name])}'.encode(encoding)

    assert refused(changed(change)) == f"part {name} declares entities, which no presentation may"


def test_a_reference_to_an_entity_is_no_xml() -> None:
    assert refused(changed(drawn(b"<p:x>&a;</p:x>"))).startswith(f"is damaged: part {LAYOUT} is not XML: Entity 'a'")


def test_whatever_else_goes_wrong_is_told_with_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise RecursionError("too deep")

    monkeypatch.setattr(received, "garbles", broken)
    assert refused(small()) == f"part {MAIN} cannot be read: too deep"
    monkeypatch.undo()
    monkeypatch.setattr("handouts.render.pptx.template.holders._area", broken)
    assert refused(small()) == "part ppt/slideLayouts/slideLayout1.xml cannot be read: too deep"


@pytest.mark.parametrize("where", ["received.garbles", "holders._area"])
def test_what_a_reader_of_xml_says_is_told_without_its_name_for_bytes(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        return etree.fromstring("<a>\n<b></a>")

    monkeypatch.setattr(f"handouts.render.pptx.template.{where}", broken)
    message = refused(small())
    assert " cannot be read: Opening and ending tag mismatch" in message
    assert "string>" not in message


def test_a_picture_that_nothing_shows_stays_behind() -> None:
    unused = (png_type, put("ppt/media/image1.png", PIXEL), related(rel("image", "../media/image1.png")))
    assert worn(changed(*unused)) == plain()
