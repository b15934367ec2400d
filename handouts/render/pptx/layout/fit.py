"""A deck on its template → pages that fit, and the type sizes at which they do.

On our own template the theme gives every size. A stranger's larger sizes are kept where the words have room at them;
else all titles go down together to the largest size at which they fit, and all text to the one that needs the fewest
slides, never below the deck's floor.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from handouts.plan.documents import Deck
from handouts.plan.text import Run
from handouts.problems import Origin, Problem, ProblemsError, error
from handouts.render.pptx.layout.covers import COMFORTABLE_TITLE, LEAST_SHORT
from handouts.render.pptx.layout.paginate import MM, SlidePage, SlidePages, paginated
from handouts.render.pptx.layout.titles import title_excess, title_lines
from handouts.render.pptx.template.bind import Bound, resized
from handouts.render.pptx.template.layouts import COVERS
from handouts.render.pptx.template.look import DeckSizes
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.template import Choice, Template
from handouts.theme.schema import DECK_BODY_FLOOR, DECK_FLOOR

TITLE_STEPS = (44.0, 40.0, 36.0, 32.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0)
BODY_STEPS = (24.0, 22.0, 20.0, 18.0)
LEAST_LABEL = 14.0
"""Points down to which the labels of charts and facts go where nothing else makes them fit."""
CROWDED = 1.5
"""How many slides a slide may become on a stranger's template before labels and dense tables go to the deck's floor."""
LARGEST_SOURCE = 14.0
_LONGEST_COUNT = " (2 of 2)"


class Foot(Struct, frozen=True):
    """The running foot: its words; `wide` over the room of the date beside it; `size` in points, else the layout's.

    `state` are the words that notes pages have at their foot: the review state alone where the deck says it so.
    """

    text: str = ""
    wide: bool = False
    size: float | None = None
    state: str = ""


class Fitted(Struct, frozen=True):
    """The pages of a deck, the template with the sizes that they are set in, and the running foot."""

    pages: tuple[SlidePage, ...]
    template: Template
    foot: Foot


def fitted(deck: Deck, template: Template) -> Fitted:
    """The pages of a deck on a template. Raises ProblemsError with all that fits at no size."""
    sizes = tuple(sized_templates(deck, template))
    tries: list[tuple[Template, SlidePages]] = []
    for one in sizes:
        tries.append((one, paginated(deck, one.layouts, one.look)))
        # No size needs fewer slides than there are.
        if not tries[-1][1].problems and len(tries[-1][1].pages) == len(deck.slides):
            break
    sized, made = min(tries, key=lambda tried: rank(tried[1]))
    if template.flexible and (made.problems or len(made.pages) > CROWDED * len(deck.slides)):
        smallest = _smallest(tries[-1][0])
        tries.append((smallest, paginated(deck, smallest.layouts, smallest.look)))
        sized, made = min(tries, key=lambda tried: rank(tried[1]))
    foot, wrong = _foot(deck, sized)
    if made.problems:
        # What is cut for the smallest type is the least that has to be cut.
        made = paginated(deck, sizes[-1].layouts, sizes[-1].look, advised=True)
    if problems := (*made.problems, *wrong):
        raise ProblemsError(_advised(problem, template) for problem in problems)
    return Fitted(made.pages, sized, foot)


def _smallest(sized: Template) -> Template:
    """A template whose labels, and tables as small as these, are in the smallest type that a deck may have."""
    return replace(
        sized, look=replace(sized.look, sizes=replace(sized.look.sizes, label=DECK_FLOOR * sized.look.scale))
    )


def rank(made: SlidePages) -> tuple[bool, int]:
    """What the pages at one size of text are chosen by: the least is best, and of equals that of the largest size."""
    return len(made.problems) > 0, len(made.pages)


def _advised(problem: Problem, template: Template) -> Problem:
    """On a stranger's template, what does not fit may be for the template to mend."""
    if not template.flexible or problem.code != "DECK04" or problem.origin.file == template.file:
        return problem
    return replace(problem, instead=f"{problem.instead}, or give the layouts of {template.file} more room")


def sized_templates(deck: Deck, template: Template) -> Iterator[Template]:
    """The template at each size of text, largest first, its titles as large as all of them fit."""
    if not template.flexible:
        yield template
        return
    titles = {name: _title_size(deck, name, template) for name in template.layouts if name != "Title Slide"}
    inner = {name for name, choice in template.choices.items() if name not in COVERS or choice.binding.room is None}
    together = min((size for name, size in titles.items() if name in inner), default=0.0)
    body = template.layouts["Title and Content"].spots["body"].style.size
    label, scale = template.look.sizes.label, template.look.scale
    bodies = [step * scale for step in BODY_STEPS]
    steps = [(step, label, False) for step in bodies if step <= max(body, bodies[-1])]
    for size, most, dense in (*steps, *((bodies[-1], LEAST_LABEL * scale, dense) for dense in (False, True))):
        choices = {
            name: _sized(choice, titles.get(name), together, size, scale) for name, choice in template.choices.items()
        }
        sizes = _sizes(template, size, most)
        yield replace(template, choices=choices, look=replace(template.look, sizes=sizes, dense=dense))


def _sized(choice: Choice, title: float | None, together: float, body: float, scale: float) -> Choice:
    """A layout where the deck's text is `body` points: titles of content are as large `together`, a section's as it has
    room for at a size of its own. The title slide is set on its own account.
    """
    binding = choice.binding
    if title is None:
        return choice
    if binding.spec.name not in COVERS or binding.room is None:
        title = together
    else:
        # Where its place is small, more room comes before smaller type.
        title = max(title, min(binding.title.style.size, COMFORTABLE_TITLE * scale))
    sizes = {slot: _spot_size(slot, choice, body, scale) for slot in binding.spots}
    return replace(choice, binding=resized(binding, title, sizes))


def _sizes(template: Template, body: float, most_label: float) -> DeckSizes:
    """The deck's sizes where text is `body` points: tables no larger, labels as large on the screen as ours."""
    own, scale = template.look.sizes, template.look.scale
    label = min(own.label, most_label, body - 2 * scale)
    table = max(DECK_BODY_FLOOR * scale, min(own.table, body))
    return replace(own, body=body, table=table, label=max(DECK_FLOOR * scale, round(label)))


def _title_size(deck: Deck, layout: str, template: Template) -> float:
    """The largest size, from the template's own down, at which all titles of a layout fit."""
    binding = template.layouts[layout]
    own = binding.title.style.size
    more = () if layout in COVERS else (Run(_LONGEST_COUNT),)
    titles = [(*slide.title, *more) for slide in deck.slides if slide.layout == layout]
    steps = [own, *(step for one in TITLE_STEPS if (step := one * template.look.scale) < own)]
    fitting = [step for step in steps if all(title_excess(t, resized(binding, step, {})) <= 0.5 for t in titles)]
    short = [step for step in fitting if all(title_lines(t, resized(binding, step, {})) <= 2 for t in titles)]
    return max(
        [step for step in short if step >= LEAST_SHORT * template.look.scale], default=max(fitting, default=steps[-1])
    )


def _spot_size(slot: str, choice: Choice, body: float, scale: float) -> float:
    """Points of a slot's text where the deck's is `body`: a layout of ours has as much, the template's own no more."""
    own, wanted = choice.binding.spots[slot].style.size, choice.binding.spec.slot(slot).size
    if wanted == "source":
        return max(DECK_FLOOR * scale, min(own, LARGEST_SOURCE * scale))
    if choice.stands_in and wanted == "body":
        return body
    return max(DECK_BODY_FLOOR * scale, min(own, body))


def _foot(deck: Deck, template: Template) -> tuple[Foot, list[Problem]]:
    """The longest wording of the running foot for which every layout in use has room, larger type before smaller."""
    layouts = template.layouts
    used = {slide.layout: layouts[slide.layout] for slide in deck.slides if slide.layout in layouts}
    bindings = [binding for binding in used.values() if binding.footer is not None]
    wordings = [text for text in (deck.footer, deck.short_footer) if text]
    if not bindings or not wordings:
        return Foot(), []
    sizes = (None, DECK_FLOOR * template.look.scale) if template.flexible else (None,)
    feet = [Foot(text, wide, size, wordings[-1]) for size in sizes for wide in (False, True) for text in wordings]
    excess = [max(_too_high(foot, binding) for binding in bindings) for foot in feet]
    found = next((foot for foot, over in zip(feet, excess, strict=True) if over <= 0.5), None)
    if found is not None:
        return found, []
    message = f"the running foot is {min(excess) * MM:.0f} mm too high for its place: '{wordings[-1]}'"
    if template.flexible:
        instead = "make the template's footer wider or higher, or remove it: one is then put in its place"
        return Foot(), [error(Origin(template.file), "DECK04", message, instead)]
    return Foot(), [error(Origin("deck"), "DECK04", message, "say it in fewer words")]


def _too_high(foot: Foot, binding: Bound) -> float:
    spot = binding.footer
    if spot is None:
        return 0.0
    area = binding.wide_footer if foot.wide and binding.wide_footer else spot.area
    size = foot.size or spot.style.size
    left, top, right, bottom = spot.style.insets
    font = metrics(spot.style.font)
    lines = font.lines((Run(foot.text),), size, area.width - left - right)
    return lines * size * font.pitch() - (area.height - top - bottom)
