"""Cases: a seed in, a folder with a user's files and a command out, one or more of them mutated. The same for ever."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pptx
from fuzz_mutations import (
    NUMBERS,
    TEXTS,
    as_yaml,
    mutated_bytes,
    mutated_presentation,
    mutated_template,
    mutated_text,
    mutated_tree,
)
from msgspec import Struct, field
from PIL import Image

from handouts.model.yaml_source import read_yaml

ROOT = Path(__file__).parent.parent.parent
TOPICS = {"ixazomib": (ROOT / "content", "en"), "longwords": (ROOT / "tests" / "topics", "en"),
          "espanol": (ROOT / "tests" / "topics", "es")}  # fmt: skip
PRINTERS = """\
schema_version: 1
printers:
  "office": {offset_x: 1.000, offset_y: -0.500, back_offset_x: 0.000, scale_x: 100.500, scale_y: 100.000}
"""
CLINIC = """\
schema_version: 1
name: Rivers Clinic
address: [12 Old Mill Road, Springfield]
phone: 1-413-555-0142
hours: Mon-Fri 8:30-17:00
logo: {file: logo.png, alt: A river}
colours: {accent: "#0B5C8A"}
"""
BOX = b"pictures: {box: {file: box.png, decorative: true}}\n"
THEME = """\
schema_version: 1
name: mine
contrast: standard
family: Atkinson Hyperlegible
colours: {accent: "#0A527C", ink: "#1A1A1A", caution: "#9A3B00", rule: "#7E848C"}
handout: {pages_least: 2, pages_most: 3, large_print: false, margin: 54, gutter: 18, block_space: 9,
  scale: {body: {size: 12, leading: 16, after: 5}, h1: {size: 25, leading: 28, strong: true, colour: accent}},
  fit: {space_least: 0.5, space_most: 1.9, figure_least: 0.88, figure_most: 1.15}}
card: {margin: 9, gutter: 8, scale: {body: {size: 9, leading: 11}}, fit: {space_least: 0.3, space_most: 2.5}}
deck: {font: Arial, title: 30, body: 20, table: 18, label: 16, source: 12}
"""
TABLE = """\
id,name,address,phone,hours,logo,lang,paper
a1,Rivers Clinic,"12 Old Mill Road
Springfield",1-413-555-0142,Mon-Fri 8:30-17:00,logo.png,,
b2,Harbour Clinic,,,,,,a4
"""
ROWS = """\
{"id": "a1", "name": "Rivers Clinic", "address": ["12 Old Mill Road", "Springfield"], "phone": "1-413-555-0142"}
{"id": "b2", "name": "Harbour Clinic", "logo": "logo.png", "paper": "a4"}
"""
OPTIONS = {
    "--paper": ("letter", "a4", "a3"),
    "--theme": ("default", "high-contrast", "large-print", "mine", "../themes/default", "x\udce9"),
    "--sheet": ("avery-5371", "single", "fold-over", "id-1-letter", "mine", "8371", "x"),
    "--start-at": ("1", "4", "10", "11", "0", "99999999999"),
    "--count": ("1", "3", "25", "0", "10000", "-1"),
    "--flip": ("long-edge", "short-edge"),
    "--offset": ("0.5,-1", "15,15", "16,0", "nan,0", "1"),
    "--back-offset": ("0,0", "-15,15", ","),
    "--scale": ("100.4", "94,106", "50", "1e9", ""),
    "--printer": ("office", "nothing", "../x"),
    "--date": ("2026-03-31", "0001-01-01", "9999-12-31", "2026-02-30", "0000-00-00", ""),
    "--lang": ("en", "es", "xx", "e\u0301"),
    "--topic": ("ixazomib", "x", "../x", ""),
}
Files = dict[str, bytes]


class Earlier(Struct, frozen=True):
    """What earlier runs left, by topic: a sign-off, and a card with its manifest in the output folder."""

    reviews: dict[str, bytes]
    outputs: dict[str, Files]


class Case(Struct):
    """A folder's files, the command that is run in it, and which of the files were mutated."""

    command: list[str]
    files: Files
    mutated: list[str] = field(default_factory=list[str])

    def write(self, folder: Path) -> None:
        """Makes the folder."""
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


@cache
def _deck() -> bytes:
    return (Path(pptx.__file__).parent / "templates" / "default.pptx").read_bytes()


@cache
def _logo(form: str) -> bytes:
    buffer = io.BytesIO()
    image = Image.new("RGBA" if form == "PNG" else "RGB", (60, 40), (20, 90, 140))
    image.putpixel((3, 3), (200, 30, 30))
    image.save(buffer, form)
    return buffer.getvalue()


@cache
def _shipped(folder: str) -> tuple[tuple[str, bytes], ...]:
    found = sorted((ROOT / "templates" / folder).iterdir())
    return tuple((path.name, path.read_bytes()) for path in found if path.is_file())


def _yaml(chance: Random, data: bytes) -> bytes:
    """A YAML file mutated one to four times, in its tree or, less often, its bytes."""
    times = chance.choice([1, 1, 1, 2, 2, 4])
    if chance.random() < 0.8:
        tree = read_yaml("seed", data).value
        for _ in range(times):
            tree = mutated_tree(chance, tree)
        return as_yaml(tree).encode("utf-8", "surrogatepass")
    for _ in range(times):
        data = mutated_bytes(chance, data)
    return data


def _json(chance: Random, data: bytes) -> bytes:
    if chance.random() < 0.3:
        return mutated_bytes(chance, data)
    tree = json.loads(data)
    for _ in range(chance.choice([1, 1, 2])):
        tree = mutated_tree(chance, tree)
    return json.dumps(tree, default=float).encode()


def _text(mutate: Callable[[Random, str], str]) -> Callable[[Random, bytes], bytes]:
    def change(chance: Random, data: bytes) -> bytes:
        if chance.random() < 0.1:
            return mutated_bytes(chance, data)
        text = data.decode()
        for _ in range(chance.choice([1, 1, 2, 3])):
            text = mutate(chance, text)
        return text.encode("utf-8", "surrogatepass")

    return change


def _table(chance: Random, text: str) -> str:
    if chance.random() < 0.5:
        return mutated_text(chance, text)
    cells = text.split(",")
    cells[chance.randrange(len(cells))] = chance.choice(TEXTS)
    return ",".join(cells)


def _picture(chance: Random, data: bytes) -> bytes:
    if chance.random() < 0.7:
        return mutated_bytes(chance, data)
    size = chance.choice([(1, 1), (1, 4096), (4096, 1), (4097, 1), (300, 200)])
    mode = chance.choice(["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
    form = chance.choice(["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
    buffer = io.BytesIO()
    try:
        Image.new(mode, size).save(buffer, form)
    except (OSError, ValueError, KeyError):
        return data[:20]
    return buffer.getvalue()


def _options(chance: Random) -> list[str]:
    asked: list[str] = []
    for name in chance.sample(sorted(OPTIONS), chance.choice([1, 1, 2, 3])):
        value = chance.choice(OPTIONS[name])
        asked += [name, chance.choice([*TEXTS, *map(str, NUMBERS)]) if chance.random() < 0.2 else value]
    # No argument of a process has a null character.
    return [one.replace("\0", "") for one in asked]


KINDS = {
    "topic": 20, "words": 22, "clinic": 8, "theme": 12, "locale": 8, "sheet": 7, "plain": 5, "review": 4, "printers": 2,
    "manifest": 4, "table": 8, "template": 9, "deck": 6, "logo": 5, "picture": 5,
    "options": 8,
}  # fmt: skip
"""How often each kind of file is mutated, of 133."""


def case_of(seed: str, earlier: Earlier) -> Case:
    """The case of a seed, in a folder in which earlier runs left something."""
    chance = Random(seed)
    kinds = set(chance.choices(list(KINDS), list(KINDS.values()), k=chance.choice([1, 1, 1, 2])))
    topic = chance.choices(list(TOPICS), [6, 2, 2])[0]
    content, language = TOPICS[topic]
    words, data = f"content/{topic}/{language}.yaml", f"content/{topic}/topic.yaml"
    files = {
        words: (content / topic / f"{language}.yaml").read_bytes(),
        data: (content / topic / "topic.yaml").read_bytes(),
        **earlier.outputs[topic],
    }
    common = ["--content", "content", "--templates", "templates"]
    formats = chance.choices([["card"], ["pdf"], ["pptx"], ["card", "pdf"]], [8, 4, 2, 1])[0]
    asked: list[str] = []
    case = Case([], files)

    def change(name: str, mutate: Callable[[Random, bytes], bytes]) -> None:
        files[name] = mutate(chance, files[name])
        case.mutated.append(name)

    if "picture" in kinds:
        # A file in place of the topic's drawing, if it has one; as decoration it needs no words.
        files[data] = re.sub(rb"(?m)^pictures: .*\n", b"", files[data]) + BOX
        files[words] = re.sub(rb"(?m)^pictures:\n(?:  .*\n)+", b"", files[words])
        files[f"content/{topic}/box.png"] = _logo(chance.choice(["PNG", "JPEG"]))
        change(f"content/{topic}/box.png", _picture)
    if "topic" in kinds:
        change(data, _yaml)
    if "words" in kinds:
        change(words, _yaml)
    if kinds & {"clinic", "logo"}:
        files["clinic.yaml"] = CLINIC.encode()
        files["logo.png"] = _logo(chance.choice(["PNG", "JPEG"]))
        asked += ["--clinic", "clinic.yaml"]
        if "clinic" in kinds:
            change("clinic.yaml", _yaml)
        if "logo" in kinds:
            change("logo.png", _picture)
    if "theme" in kinds:
        files["templates/themes/mine.yaml"] = chance.choice([THEME.encode(), *(t for _, t in _shipped("themes"))])
        change("templates/themes/mine.yaml", _yaml)
        asked += ["--theme", "mine"]
    if "sheet" in kinds:
        files["templates/sheets/mine.yaml"] = chance.choice(_shipped("sheets"))[1]
        change("templates/sheets/mine.yaml", _yaml)
        asked += ["--sheet", "mine"]
        formats = ["card"]
    for kind in ("locale", "plain"):
        if kind in kinds:
            folder = {"locale": "locales", "plain": "plain"}[kind]
            name = f"templates/{folder}/{language}.yaml"
            files[name] = dict(_shipped(folder))[f"{language}.yaml"]
            change(name, _yaml)
    if "template" in kinds:
        formats = chance.choice([["card"], ["card"], ["pdf"], ["pptx"]])
        name = {"card": "card", "pdf": "handout", "pptx": "deck"}[formats[0]] + ".html.j2"
        files[f"templates/{name}"] = (ROOT / "templates" / name).read_bytes()
        change(f"templates/{name}", _text(mutated_template))
    if "deck" in kinds:
        files["hospital.pptx"] = _deck()
        change("hospital.pptx", mutated_presentation)
        asked += ["--deck-template", "hospital.pptx"]
        formats = ["pptx"]
    if "printers" in kinds:
        files["printers.yaml"] = PRINTERS.encode()
        change("printers.yaml", _yaml)
        asked += ["--printers", "printers.yaml", "--printer", "office"]
        formats = ["card"]
    if "manifest" in kinds:
        change("out/manifest.json", _json)
        formats = ["card"]
    if "review" in kinds:
        files[f"content/{topic}/review.yaml"] = earlier.reviews[topic]
        change(f"content/{topic}/review.yaml", _yaml)
    if "options" in kinds:
        asked += _options(chance)
        case.mutated.append("options")
    if "table" in kinds:
        name = chance.choice(["rows.csv", "rows.csv", "rows.jsonl"])
        files[name] = (TABLE if name == "rows.csv" else ROWS).encode()
        files["logo.png"] = files.get("logo.png", _logo("PNG"))
        change(name, _text(_table))
        if "--clinic" in asked:
            del asked[asked.index("--clinic") : asked.index("--clinic") + 2]
        merge = ["--merge"] if chance.random() < 0.3 else []
        case.command = [
            "batch",
            name,
            "--format",
            ",".join(formats),
            *common,
            "--out",
            "out",
            "--jobs",
            "1",
            *merge,
            *asked,
        ]
    elif "review" in kinds and chance.random() < 0.5:
        case.command = ["approve", topic, *common, "--reviewer", "A. Name", "--role", "Hematologist"]
    else:
        given = [part for form in formats for part in ("--format", form)]
        case.command = ["build", *given, *common, "--out", "out", *asked]
        if "deck" in kinds and chance.random() < 0.3:
            case.command = ["check-template", "hospital.pptx"]
        elif not asked and chance.random() < 0.2:
            form = chance.choice(["text", "json", "sarif"])
            case.command = chance.choice([["check", "--format", form, *common], ["diff", topic, *common]])
    files["templates/mine.txt"] = b"what lies in a folder of templates and is none"
    if "--date" not in case.command and case.command[0] != "check-template":
        case.command += ["--date", "2026-03-31"]
    return case
