"""The same arguments give the very same drawing, others another, and lists count as tuples."""

from handouts.figures.icon_array import icon_array
from handouts.figures.shapes import Figure
from handouts.figures.timeline import TimelineEvent, timeline
from handouts.theme.fonts import family

MEASURE = family("Atkinson Hyperlegible").measure


def test_a_figure_is_drawn_once() -> None:
    def drawn(count: int) -> Figure:
        return icon_array(count, 50, width=240, measure=MEASURE, alt=f"{count} of 50", key=("a", "b"))

    assert drawn(9) is drawn(9)
    assert drawn(9) != drawn(8)


def test_a_list_of_events_is_no_other_than_a_tuple() -> None:
    events = [TimelineEvent(2013, "2013", "First people treated"), TimelineEvent(2015, "2015", "Approved")]
    measure = MEASURE
    one = timeline(events, width=400, measure=measure, alt="Two events")
    assert timeline(tuple(events), width=400, measure=measure, alt="Two events") is one
