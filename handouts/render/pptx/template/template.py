"""What slides are written into: the parts of a template without slides, its layouts bound, its type and colours.

Ours and a hospital's are read from a file in the same way, and what they lack is added; each is made once a process.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from handouts.problems import Origin, ProblemsError, error
from handouts.render.pptx.template.bind import ADDED, Bound, Spot, bound, choose, lacking, with_added
from handouts.render.pptx.template.colours import own_palette
from handouts.render.pptx.template.directions import Aligned, says_right_to_left
from handouts.render.pptx.template.drawings import Room, room_of
from handouts.render.pptx.template.feet import give_feet
from handouts.render.pptx.template.holders import FoundLayout, fonts_of, found_layouts
from handouts.render.pptx.template.layouts import COVERS, LAYOUTS, Area, Layout
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.notes_master import add_notes_master, notes_styles
from handouts.render.pptx.template.objects import Embedded
from handouts.render.pptx.template.own import put_in_theme
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.package_file import reason_of
from handouts.render.pptx.template.parts import PackagePart, packed
from handouts.render.pptx.template.readable import Readable
from handouts.render.pptx.template.received import Received, received
from handouts.render.pptx.template.region import ground_of
from handouts.render.pptx.template.stand_in import Completer
from handouts.render.pptx.template.title_room import give_title_room, has_title
from handouts.render.pptx.template.xml_parts import masters_of, parsed, serialised
from handouts.theme.schema import DECK_BODY_FLOOR, DECK_FLOOR, Theme
from handouts.theme.template_file import TemplateFile

_KEPT_IN_PRESENTATION = (
    "sldMasterIdLst", "notesMasterIdLst", "sldSz", "notesSz", "embeddedFontLst", "kinsoku", "defaultTextStyle",
)  # fmt: skip

_ADD_TITLE = "add a layout with a title, across its slide, to its master"

_KEPT_ATTRIBUTES = ("firstSlideNum", "rtl", "embedTrueTypeFonts", "saveSubsetFonts")


class Choice(Struct, frozen=True):
    """Which layout of a template does the work of one of ours; `stands_in` says that ours was added, `why` for what."""

    binding: Bound
    name: str
    stands_in: bool = False
    added: tuple[str, ...] = ()
    why: str = ""


class Template(Struct, frozen=True):
    """A presentation without slides: `data` is the file that slides are added to, `file` its name in messages.

    `flexible` sizes of type may follow the template; ours are the theme's. `first_number` is the number of the first
    slide.
    """

    file: str
    data: bytes
    choices: Mapping[str, Choice]
    look: DeckLook
    masters: int = 1
    flexible: bool = False
    sample_slides: int = 0
    first_number: int = 1
    drawings: int = 0
    """How many drawings (SVG) beside pictures were left out."""
    links: int = 0
    """How many links of masters and layouts were left out."""
    objects: tuple[Embedded, ...] = ()
    """The embedded objects of masters and layouts that were left out."""
    strict: bool = False
    """Whether it was saved as Strict Open XML."""
    notes: Mapping[str, Aligned] = {}
    """How the notes master aligns the text of its placeholders, by type."""

    @property
    def layouts(self) -> dict[str, Bound]:
        """Our layouts by name, bound."""
        return {name: choice.binding for name, choice in self.choices.items()}


def template_of(file: TemplateFile, theme: Theme) -> Template:
    """A template completed and in a theme: ours in its colours; a hospital's in type as large and dark as it asks.

    Raises ProblemsError for a file that is refused, and for one that has no layout with a title.
    """
    return _template_of(file, cast(Any, theme))


@lru_cache(maxsize=8)
def _template_of(file: TemplateFile, theme: Any) -> Template:
    got = received(file.data, file.name)
    try:
        parts = {**got.parts, got.presentation: _emptied(got)}
        if file.ours:
            put_in_theme(parts, got.presentation, theme)
        return _completed(got, parts, file, theme)
    except ProblemsError:
        raise
    except Exception as bad:
        # What a stranger's master makes its readers raise is open-ended; none of it is to end the program.
        where = next(iter(getattr(bad, "__notes__", ())), "its masters and layouts")
        message = f"{where} cannot be read: {reason_of(bad)}"
        instead = "repair it in PowerPoint, and save it"
        raise ProblemsError([error(Origin(file.name), "DECK10", message, instead)]) from bad


def _completed(got: Received, parts: dict[str, PackagePart], file: TemplateFile, theme: Theme) -> Template:
    sizes = theme.deck
    presentation = parts[got.presentation]
    slide = _sides(parsed(presentation))
    found = found_layouts(parts, presentation)
    feet = give_feet(parts, found, slide, sizes)
    if feet:
        found = found_layouts(parts, presentation)
    whole = Area(0, 0, *slide)

    def room(layout: FoundLayout) -> Room:
        return room_of(parts, layout.part, layout.master, slide)

    titled = tuple(layout for layout in found if file.ours or has_title(layout, whole))
    higher = [] if file.ours else [layout for layout in titled if give_title_room(parts, layout, room)]
    if higher:
        found = found_layouts(parts, presentation)
        titled = tuple(layout for layout in found if has_title(layout, whole))
    picked = {spec.name: choose(spec, titled, None if file.ours else whole) for spec in LAYOUTS}
    ground_layout = _ground_layout(
        {name: binding for name, (binding, _) in picked.items() if binding}, titled, file.name, among=len(found)
    )
    master = ground_layout.master
    completer = Completer(parts, sizes, room)
    own = next((binding for binding, _ in picked.values() if binding and binding.part == ground_layout.part), None)
    content = [spot.area for name, spot in own.spots.items() if name != "source"] if own else []
    ground = ground_of(ground_layout, content, room(ground_layout), sizes)
    by_part = {layout.part: layout for layout in found}
    stands_in: dict[str, str] = {}
    for spec in LAYOUTS:
        binding, _ = picked[spec.name]
        if binding is None:
            stands_in[spec.name] = completer.stand_in(spec, ground, [layout.name for layout in found])
        elif lacking(spec, binding):
            completer.add_source(spec, binding, by_part[binding.part])
        else:
            completer.settle(by_part[binding.part])
    worn = {*stands_in.values(), *(binding.part for binding, _ in picked.values() if binding)}
    again = {layout.part: layout for layout in found_layouts(parts, presentation, worn)}
    choices = {spec.name: _choice(spec, *picked[spec.name], stands_in, again, feet) for spec in LAYOUTS}
    if file.ours:
        choices = {name: replace(one, binding=_large_enough(one.binding)) for name, one in choices.items()}
        palette = own_palette(theme.colours)
    else:
        readable = Readable(parts, slide, high=theme.contrast == "high")
        choices = {name: replace(one, binding=_readable(readable, one, again, feet)) for name, one in choices.items()}
        palette = choices["Title and Content"].binding.spots["body"].palette or own_palette(theme.colours)
        for name in COVERS:
            binding = choices[name].binding
            choices[name] = replace(choices[name], binding=replace(binding, room=room(again[binding.part])))
    add_notes_master(parts, got.presentation)
    directed = not file.ours or says_right_to_left(parts)
    look = DeckLook(sizes, metrics(fonts_of(parts, master).minor), palette, *slide, directed=directed)
    root = parsed(parts[got.presentation])
    first = int(root.get("firstSlideNum", "1"))
    masters = len(masters_of(parts, parts[got.presentation]))
    data = packed(parts, got.presentation)
    return Template(
        file.name, data, choices, look, masters, not file.ours, got.sample_slides, first,
        drawings=got.drawings, links=got.links, objects=got.objects, strict=got.strict,
        notes=notes_styles(parts, got.presentation),
    )  # fmt: skip


def _choice(
    spec: Layout, binding: Bound | None, why: str, stands_in: dict[str, str], again: dict[str, FoundLayout],
    feet: Mapping[str, tuple[str, ...]],
) -> Choice:  # fmt: skip
    part = binding.part if binding else stands_in[spec.name]
    lacks = lacking(spec, binding) if binding else ADDED
    added = (*lacks, *feet.get(binding.part, ())) if binding else ()
    return Choice(with_added(bound(spec, again[part]), lacks), again[part].name, binding is None, added, why)


def _readable(
    readable: Readable, choice: Choice, again: dict[str, FoundLayout], feet: Mapping[str, tuple[str, ...]]
) -> Bound:
    binding = choice.binding
    own = choice.stands_in
    return readable.made(binding, again[binding.part], stands_in=own, with_feet=own or binding.part in feet)


def _large_enough(binding: Bound) -> Bound:
    """The layout with no text below the deck's floor, whatever size our template was given in PowerPoint."""

    def raised(one: Spot, floor: float) -> Spot:
        return one if one.style.size >= floor else replace(one, style=replace(one.style, size=floor, inherits=False))

    small = {slot.slot for slot in binding.spec.slots if slot.size in ("label", "source")}
    spots = {
        name: raised(spot, DECK_FLOOR if name in small else DECK_BODY_FLOOR) for name, spot in binding.spots.items()
    }
    return replace(binding, title=raised(binding.title, DECK_BODY_FLOOR), spots=spots)


def _ground_layout(
    bindings: dict[str, Bound], titled: tuple[FoundLayout, ...], file: str, *, among: int
) -> FoundLayout:
    """The layout that others are made from: title and content, else two contents, else the first with a title."""
    for name in ("Title and Content", "Two Content"):
        if name in bindings:
            return next(layout for layout in titled if layout.part == bindings[name].part)
    if not titled:
        message = "has no layout with a title placeholder" if among else "has no slide layouts"
        raise ProblemsError([error(Origin(file), "DECK07", message, _ADD_TITLE)])
    return next((layout for layout in titled if layout.type == "titleOnly"), titled[0])


def _emptied(got: Received) -> PackagePart:
    """The presentation part without slides, sections and what else belongs to the file's past."""
    part = got.parts[got.presentation]
    root = parsed(part)
    for child in list(root):
        if child.tag not in {tag(f"p:{name}") for name in _KEPT_IN_PRESENTATION}:
            root.remove(child)
    for name in [name for name in root.attrib if name not in _KEPT_ATTRIBUTES]:
        del root.attrib[name]
    known = {rel.id for rel in part.rels}
    for name in ("p:notesMasterIdLst", "p:embeddedFontLst"):
        node = root.find(tag(name))
        if node is not None and any(i.get(tag("r:id")) not in known for i in node.iter() if i.get(tag("r:id"))):
            root.remove(node)
    return replace(part, data=serialised(root))


def _sides(presentation: Any) -> tuple[float, float]:
    node = presentation.find(tag("p:sldSz"))
    return float(node.get("cx")) / 12700, float(node.get("cy")) / 12700
