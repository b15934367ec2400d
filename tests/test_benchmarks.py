"""What the benchmarks share, without the network or any other tool; the benchmarks themselves are run by hand."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from benchmarks import deck, pdf
from benchmarks.parts import judge
from benchmarks.parts.arguments import parse, parser
from benchmarks.parts.cache import ROOT
from benchmarks.parts.content import Content, clinic_of, edition, load_content, output
from benchmarks.parts.measure import Command, Costs, FailedError, Worker, run_cold, take_turns
from benchmarks.parts.page import PAGE, Target, number, replaced, table, write_region
from benchmarks.parts.prepare import typst_projects, weasyprint_projects
from benchmarks.rivals.html_source import html_files
from benchmarks.rivals.typst_source import typst_files
from benchmarks.workers.records import PLACES, recipient
from benchmarks.workers.with_python_pptx import deck as plain_deck
from benchmarks.workers.with_python_pptx import plain_slide, ten_of
from handouts.plan.blocks import FigureBlock, Heading, ListBlock, Paragraph, walk
from handouts.plan.documents import Deck, Handout
from handouts.plan.text import Run

HOSTILE = 'a "b" \\n #c <d> &amp; $e$ */ ]'


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="module")
def handout(content: Content) -> Handout:
    return output("pdf").compose(edition(content, clinic_of(recipient(7))), content.templates)


@pytest.fixture(scope="module")
def slides(content: Content) -> Deck:
    return output("pptx").compose(edition(content), content.templates)


def worker(code: str) -> Worker:
    imports = "from benchmarks.workers.serve import serve"
    return Worker(Command([sys.executable, "-c", f"{imports}\n{code}"], ROOT))


@pytest.fixture
def counting() -> Iterator[Worker]:
    """A contestant whose documents are as long as ten times their number."""
    made = worker("serve(lambda number: number * 10, bytes)")
    yield made
    made.close()


def test_costs_are_told_as_medians_in_milliseconds_and_kilobytes() -> None:
    costs = Costs(wall=[0.5, 0.001, 0.002], cpu=[0.004, 0.006], size=[1000, 3000])
    assert (costs.milliseconds, costs.cpu_milliseconds, costs.kilobytes) == (2, 5, 2)


def test_contestants_take_turns_and_what_warms_them_up_is_not_counted(counting: Worker) -> None:
    take_turns({"one": counting}, documents=6, burst=2)
    assert counting.costs.size == [40, 50, 60, 70, 80, 90]
    assert len(counting.costs.wall) == len(counting.costs.cpu) == 6
    counting.close()
    assert counting.costs.memory > 1_000_000


def test_a_document_can_be_kept(counting: Worker, tmp_path: Path) -> None:
    counting.save(3, tmp_path / "three")
    assert (tmp_path / "three").read_bytes() == bytes(30)


def test_a_contestant_that_fails_says_why() -> None:
    with pytest.raises(FailedError, match="no such page"):
        worker("raise SystemExit('no such page')")
    with pytest.raises(FailedError, match="no such page"):
        run_cold(Command([sys.executable, "-c", "raise SystemExit('no such page')"], ROOT))
    failing = worker("def make(number): raise OSError('no such page')\nserve(int, make)")
    with pytest.raises(FailedError, match="no such page"):
        failing.make(1)


def test_a_command_is_measured_from_start_to_end() -> None:
    costs = Costs()
    run_cold(Command([sys.executable, "-c", "import time; time.sleep(0.2); bytearray(60_000_000)"], ROOT), costs)
    assert costs.milliseconds >= 200
    assert costs.cpu_milliseconds < costs.milliseconds
    assert costs.memory > 60_000_000


def test_a_table_has_a_cell_for_each_column() -> None:
    assert table(("", "ms"), [("a|b", "1")]) == "|  | ms |\n| --- | ---: |\n| a\\|b | 1 |"
    with pytest.raises(ValueError, match="1 cells"):
        table(("", "ms"), [("a",)])


@pytest.mark.parametrize(("value", "text"), [(0.44, "0.4"), (9.94, "9.9"), (9.96, "10"), (1234.4, "1,234")])
def test_a_number_has_no_more_digits_than_it_deserves(value: float, text: str) -> None:
    assert number(value) == text


def test_a_target_says_whether_it_is_reached() -> None:
    assert Target("warm", "12 ms", 1.0, "12 ms").row()[-2:] == ("1.00", "yes")
    assert Target("warm", "13 ms", 1.083, "12 ms").row()[-2:] == ("1.08", "**no**")


def test_only_the_region_is_replaced_and_a_second_time_again(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n<!-- begin y -->\n<!-- end y -->\n", "utf-8")
    for body in ("first \\1", "second"):
        write_region("x", body, page)
        assert f"a\n<!-- begin x -->\n\n{body}\n\n<!-- end x -->\nb\n" in page.read_text("utf-8")
    assert "first" not in page.read_text("utf-8")
    assert page.read_text("utf-8").endswith("<!-- begin y -->\n<!-- end y -->\n")


@pytest.mark.parametrize("text", ["", "<!-- begin x -->\n", "<!-- end x -->\n<!-- begin x -->\n",
                                  "<!-- begin x -->\n<!-- end x -->\n" * 2])  # fmt: skip
def test_a_page_without_the_region_once_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="once each"):
        replaced(text, "x", "new")


def test_the_page_has_a_region_for_each_benchmark_and_names_their_commands() -> None:
    text = PAGE.read_text("utf-8")
    for region in ("pdf", "deck"):
        assert replaced(text, region, "new") != text
        assert f"-m benchmarks.{region}" in text


def test_figures_are_written_with_their_day_only(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(parser("x"), ["--write"])
    assert "--date" in capsys.readouterr().err
    assert parse(parser("x"), ["--write", "--date", "2026-11-22"]).machine


def run_of(ours: float, typst: float) -> pdf.Run:
    """A run in which everything of ours, and of Typst, took so many seconds."""
    return pdf.Run(
        ["typst"],
        {},
        cold={pdf.OURS: Costs(wall=[ours]), pdf.TYPST: Costs(wall=[typst])},
        warm={pdf.LOADED: Costs(wall=[ours]), pdf.TYPST: Costs(wall=[typst])},
        files={"handouts": {"bytes": 99_000}},
    )


def test_the_targets_are_those_of_the_page() -> None:
    assert [target.reached for target in pdf.targets(run_of(1, 1))] == [True, True, True]
    assert [target.reached for target in pdf.targets(run_of(3.9, 1))] == [True, False, True]
    assert [target.reached for target in pdf.targets(run_of(4.1, 1))] == [True, False, False]
    assert f"under {pdf.COLD_LIMIT} × Typst's" in PAGE.read_text("utf-8")
    assert f"under {pdf.SIZE_LIMIT_KB} kB" in PAGE.read_text("utf-8")


def test_both_rivals_say_all_that_we_say(content: Content, handout: Handout) -> None:
    files = (typst_files(handout, content.setup.theme, 1, {}), html_files(handout, content.setup.theme, 1))
    alts = [block.figure.alt for block in walk(handout.blocks) if isinstance(block, FigureBlock)]
    for made in files:
        main = next(text for name, text in made.items() if name.startswith("main."))
        for said in [*alts, *re.findall(r"\w+", handout.words())]:
            assert said in main
        assert sum(name.endswith(".svg") for name in made) == len(alts) > 3


def test_a_rival_has_a_place_for_all_that_a_clinic_says(content: Content) -> None:
    projects = typst_projects(content, 1)
    assert all(f'sys.inputs.at("{name}"' in projects["personal"]["main.typ"] for name in PLACES._fields)
    assert all(f"clinic.{name}" in projects["personal-file"]["main.typ"] for name in PLACES._fields)
    assert not any(place in projects["personal-file"]["main.typ"] for place in PLACES)
    pages = weasyprint_projects(content, 1)
    assert all(place in pages["personal"]["main.html"] and place not in pages["plain"]["main.html"] for place in PLACES)


def test_words_are_data_in_the_sources_of_rivals(content: Content, handout: Handout) -> None:
    odd = replace(handout, blocks=(Paragraph((Run(HOSTILE),)),))
    theme = content.setup.theme
    assert r'#"a \"b\" \\n #c <d> &amp; $e$ */ ]"' in typst_files(odd, theme, 1, {})["main.typ"]
    assert "&lt;d&gt; &amp;amp; $e$" in html_files(odd, theme, 1)["main.html"]


def test_a_handout_is_judged_by_its_own_structure_and_words(content: Content, handout: Handout, tmp_path: Path) -> None:
    path = tmp_path / "handout.pdf"
    path.write_bytes(output("pdf").render(handout, content.setup))
    found, inner = judge.tags(path), list(walk(handout.blocks))
    assert found["H1"] + found["H2"] + found["H3"] == sum(isinstance(block, Heading) for block in inner)
    assert found["LI"] == sum(len(block.items) for block in inner if isinstance(block, ListBlock))
    assert found["Figure"] == found["Alt"] == sum(isinstance(block, FigureBlock) for block in inner)
    words = judge.words(pypdfium2.PdfDocument(path))
    assert set(re.findall(r"\w+", handout.words())) <= set(words)
    assert set(re.findall(r"\w+", recipient(7).name)) <= set(words)


def test_plain_python_pptx_makes_ten_slides_with_our_charts(slides: Deck, tmp_path: Path) -> None:
    said = [plain_slide(slide) for slide in slides.slides]
    ten = ten_of(said)
    assert [slide.charts for slide in ten if slide.charts] == [slide.charts for slide in said if slide.charts]
    path = tmp_path / "deck.pptx"
    path.write_bytes(plain_deck(ten, "somebody"))
    charts = sum(len(slide.charts) for slide in said)
    assert deck.contents(path) == {"slides": 10, "charts": charts, "workbooks": charts, "notes": 0}
    assert charts > 0
