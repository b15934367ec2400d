"""What slides are written into: the parts of a template without slides, its layouts bound, its type and colours.

Ours and a hospital's are read from a file in the same way, and what they lack is added; each is made once a process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from handouts.problems import Origin, ProblemsError, error
from handouts.render.pptx.template.bind import ADDED, Bound, Spot, bound, choose, lacking, named, with_added
from handouts.render.pptx.template.colours import own_palette
from handouts.render.pptx.template.directions import Aligned, says_right_to_left
from handouts.render.pptx.template.drawings import Room, Rooms
from handouts.render.pptx.template.feet import give_feet
from handouts.render.pptx.template.geometry import overlapping, roomy
from handouts.render.pptx.template.holders import TITLES, FoundLayout, fonts_of, found_layouts
from handouts.render.pptx.template.layouts import BY_NAME, COVERS, LAYOUTS, SLIDE_HEIGHT, Area, Layout
from handouts.render.pptx.template.look import DeckLook, sizes_on
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.notes_master import add_notes_master, notes_styles
from handouts.render.pptx.template.objects import Embedded
from handouts.render.pptx.template.own import put_in_theme
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.package_file import reason_of
from handouts.render.pptx.template.parts import PackagePart, packed
from handouts.render.pptx.template.readable import Readable
from handouts.render.pptx.template.received import Received, received
from handouts.render.pptx.template.region import gives_room, ground_of, largest_free
from handouts.render.pptx.template.stand_in import Completer
from handouts.render.pptx.template.title_room import give_title_room, has_title
from handouts.render.pptx.template.xml_parts import masters_of, parsed, serialised
from handouts.theme.schema import DECK_BODY_FLOOR, DECK_FLOOR, Theme
from handouts.theme.template_file import TemplateFile

_KEPT_IN_PRESENTATION = (
    "sldMasterIdLst", "notesMasterIdLst", "sldSz", "notesSz", "embeddedFontLst", "kinsoku", "defaultTextStyle",
)  # fmt: skip

_OF_COVERS = ("title", "secHead", "vertTx", "vertTitleAndTx")
"""Types of layouts whose title stands where other slides have none."""

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
    presentation = parts[got.presentation]
    slide = _sides(parsed(presentation))
    scale = 1.0 if file.ours else min(1.0, slide[1] / SLIDE_HEIGHT)
    sizes = sizes_on(theme.deck, scale)

    room = Rooms(parts, slide).of
    found = found_layouts(parts, presentation)
    feet = give_feet(parts, found, slide, sizes)
    if feet:
        found = found_layouts(parts, presentation)
    if not file.ours and any([give_title_room(parts, layout, room) for layout in found]):  # noqa: C419
        found = found_layouts(parts, presentation)
    titled = tuple(layout for layout in found if file.ours or has_title(layout, Area(0, 0, *slide)))

    def judged(binding: Bound, layout: FoundLayout) -> bool:
        return file.ours or gives_room(binding, layout, room(layout))

    picked = {spec.name: choose(spec, titled, judged) for spec in LAYOUTS}
    ground_layout = _ground_layout(found, titled, file.name, room)
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
    choices = {spec.name: _choice(spec, *picked[spec.name], stands_in, again, feet, ours=file.ours) for spec in LAYOUTS}
    if file.ours:
        choices = {name: replace(one, binding=_large_enough(one.binding)) for name, one in choices.items()}
        palette = own_palette(theme.colours)
    else:
        readable = Readable(parts, slide, high=theme.contrast == "high")
        choices = {name: replace(one, binding=_readable(readable, one, again, feet)) for name, one in choices.items()}
        palette = choices["Title and Content"].binding.spots["body"].palette or own_palette(theme.colours)
        for name in COVERS:
            cover = choices[name].binding
            if choices[name].stands_in and name != "Title Slide":
                continue
            choices[name] = replace(choices[name], binding=replace(cover, room=room(again[cover.part])))
    add_notes_master(parts, got.presentation)
    directed = not file.ours or says_right_to_left(parts)
    look = DeckLook(
        sizes, metrics(fonts_of(parts, ground_layout.master).minor), palette, *slide, directed=directed, scale=scale
    )
    first = int(parsed(parts[got.presentation]).get("firstSlideNum", "1"))
    masters = len(masters_of(parts, parts[got.presentation]))
    return Template(
        file.name, packed(parts, got.presentation), choices, look, masters, not file.ours, got.sample_slides, first,
        drawings=got.drawings, links=got.links, objects=got.objects, strict=got.strict,
        notes=notes_styles(parts, got.presentation),
    )  # fmt: skip


def _choice(
    spec: Layout, binding: Bound | None, why: str, stands_in: dict[str, str], again: dict[str, FoundLayout],
    feet: Mapping[str, tuple[str, ...]], *, ours: bool,
) -> Choice:  # fmt: skip
    part = binding.part if binding else stands_in[spec.name]
    lacks = lacking(spec, binding) if binding else ADDED
    # A source of a stranger's own grows with its words as well.
    grows = lacks if ours else ADDED
    added = (*lacks, *feet.get(binding.part, ())) if binding else ()
    made = with_added(bound(spec, again[part]), grows)
    if not ours and made.eyebrow is not None and overlapping(made.eyebrow.area, made.title.area):
        made = replace(made, eyebrow=None)
    return Choice(made, again[part].name, binding is None, added, why)


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
    found: tuple[FoundLayout, ...], titled: tuple[FoundLayout, ...], file: str, room: Callable[[FoundLayout], Room]
) -> FoundLayout:
    """The layout that others are made from: title and content, else two contents, else the first with a title alone or
    any other, if its title leaves room for content; else the one whose title leaves the most.
    """
    if not any(layout.of(*TITLES) for layout in found):
        message = "has no layout with a title placeholder" if found else "has no slide layouts"
        raise ProblemsError([error(Origin(file), "DECK07", message, "add a layout with a title to its master")])
    any_title = tuple(layout for layout in found if layout.of(*TITLES))
    inner = tuple(tuple(one for one in some if one.type not in _OF_COVERS) for some in (titled, any_title))
    among = next(some for some in (*inner, titled, any_title) if some)
    best = [layout for name in ("Title and Content", "Two Content") for layout in named(BY_NAME[name], among)]
    alone = [layout for layout in among if layout.type == "titleOnly"]
    whole = room(among[0]).slide
    ordered = dict.fromkeys((*best, *alone, *among))
    fitting = (one for one in ordered if roomy(largest_free(one, room(one)), whole))

    def free(layout: FoundLayout) -> float:
        area = largest_free(layout, room(layout))
        return area.width * area.height

    return next(fitting, None) or max(ordered, key=free)


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
