"""What a template has, what it lacks and which layout of ours stands in: a `Template` in, lines of plain words out."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.template import Choice, Template
from handouts.theme.colour import contrast
from handouts.theme.pairs import TEXT

_NAMED = 3
"""How many layouts a line names."""


def report(template: Template) -> Iterator[str]:
    """The file and its slides, then indented lines: fonts, colours, each of our layouts, and what it comes to."""
    yield f"{template.file}: {_slides(template)}"
    for line in (*_left_out(template), *_fonts(template), *_colours(template)):
        yield f"  {line}"
    for name, choice in template.choices.items():
        yield f"  {name}: {'; '.join(_layout(choice))}"
    ours = sum(choice.stands_in for choice in template.choices.values())
    yield f"  of {len(template.choices)} layouts, {len(template.choices) - ours} are its own; ours stand in for {ours}"


def _slides(template: Template) -> str:
    width, height = template.look.width / 72, template.look.height / 72
    few = {0: "no sample slides", 1: "1 sample slide, left out"}
    samples = few.get(template.sample_slides, f"{template.sample_slides} sample slides, left out")
    masters = template.masters
    several = f"; {masters} masters, layouts of the first come first" if masters > 1 else ""
    return f"slides of {width:.4g} × {height:.4g} in; {samples}{several}"


def _left_out(template: Template) -> Iterator[str]:
    if template.strict:
        yield "saved as Strict Open XML; the deck is an ordinary presentation"
    for program, shown in dict.fromkeys((one.program, one.shown) for one in template.objects):
        layouts = [one.layout for one in template.objects if (one.program, one.shown) == (program, shown)]
        objects = f"{len(layouts)} embedded object{'s' if len(layouts) > 1 else ''} ({program})"
        stays = "; what is seen of it is shown" if shown else ""
        yield f"{objects} on its {_places(layouts)}, left out{stays}"
    if template.links:
        links = "1 link" if template.links == 1 else f"{template.links} links"
        yield f"{links} on its masters and layouts, left out; what was linked is shown"
    if template.drawings:
        drawings = "1 drawing (SVG)" if template.drawings == 1 else f"{template.drawings} drawings (SVG)"
        yield f"{drawings} on its masters and layouts, left out; the pictures beside them are shown"


def _places(layouts: list[str]) -> str:
    """Masters and layouts by name, a few of them."""
    named = [repr(name) for name in dict.fromkeys(layouts) if name]
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    places = (
        "masters" if "" in layouts else "",
        f"layout{'s' if len(named) > 1 else ''} {', '.join(named[:_NAMED])}{more}" if named else "",
    )
    return " and ".join(filter(None, places))


def _fonts(template: Template) -> Iterator[str]:
    content = template.layouts["Title and Content"]
    styles = {"titles": content.title.style, "text": content.spots["body"].style}
    for what, style in styles.items():
        yield f"{what}: {style.font}, {style.size:g} pt, set smaller where the words need the room"
    for font in dict.fromkeys(style.font for style in styles.values()):
        yield f"{font}: {_measured(font)}"


def _measured(font: str) -> str:
    family = metrics(font).family
    if family.exact:
        return "the width of every character is known"
    if family.known:
        return "measured by its average width, with 3% to spare"
    return "not known here; measured as a wide and tall font, so less goes on a slide than might fit"


def _colours(template: Template) -> Iterator[str]:
    rgb = template.look.palette.rgb
    ratio = contrast(rgb["accent"], rgb["paper"])
    verdict = f", below {TEXT}:1" if ratio < TEXT else ""
    yield f"colours: text {rgb['ink']}, accent {rgb['accent']}, {ratio:.1f}:1 on {rgb['paper']}{verdict}"


def _layout(choice: Choice) -> Iterator[str]:
    yield f"{choice.why}, ours stands in" if choice.stands_in else f"its layout '{choice.name}'"
    if choice.added:
        *others, last = choice.added
        yield f"a place for the {', '.join(others)}{' and ' if others else ''}{last} is added at its foot"
    if choice.binding.panelled:
        yield "a panel is put behind text that no colour can be read in there"
    joined = [slot for slot in choice.binding.spec.gives_way if slot not in choice.binding.spots]
    for other in dict.fromkeys(choice.binding.spec.gives_way[slot] for slot in joined):
        names = " and ".join(slot for slot in joined if choice.binding.spec.gives_way[slot] == other)
        yield f"no place for {names}, shown in the {other}"
