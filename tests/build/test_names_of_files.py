"""Documents of a build whose names some disk takes for one, or which others made: told before anything is written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from batch_samples import files, order_for, report, run_here, table
from topic_samples import CONTENT, ROOT, TODAY

from handouts.batch.work.journal import Journal
from handouts.build.build import build
from handouts.build.request import Request
from handouts.files.disk import UsageError
from handouts.problems import ProblemsError


def topics(folder: Path, *names: str) -> Path:
    """A folder of content with copies of one topic."""
    for name in names:
        shutil.copytree(CONTENT / "ixazomib", folder / name)
    if len(list(folder.iterdir())) < len(names):
        pytest.skip("this disk takes them for one")
    return folder


def request(folder: Path, **options: Any) -> Request:
    usual = {"content": CONTENT, "templates": ROOT / "templates", "out": folder / "out", "formats": ("card",)}
    if "content" not in options:
        usual["topics"] = ("ixazomib",)
    return Request(TODAY, **(usual | options))


@pytest.mark.parametrize("names", [("A", "a"), ("gro\u00df", "GROSS"), ("\u00e9", "e\u0301")], ids=ascii)
def test_topics_that_a_disk_takes_for_one_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    content = topics(tmp_path / "content", *names, "other")
    with pytest.raises(ProblemsError) as bad:
        build(request(tmp_path, content=content))
    one, other = sorted(names)
    (problem,) = bad.value.problems
    assert str(problem) == (
        f"{content / other}: FILE06 error: names its files as the topic '{one}' does, to some disks at least; "
        "rename one of the two folders"
    )
    assert not (tmp_path / "out").exists()
    assert len(build(request(tmp_path, content=content, topics=("other",))).made) == 1


def test_a_topic_whose_name_ends_as_anothers_language_begins_is_refused(tmp_path: Path) -> None:
    content = topics(tmp_path / "content", "x", "x-en")
    words = content / "x-en" / "en.yaml"
    (content / "x" / "en-us.yaml").write_text((content / "x" / "en.yaml").read_text("utf-8"), "utf-8")
    words.rename(words.with_name("us.yaml"))
    with pytest.raises(ProblemsError, match="x-en: FILE06 error: names its files as the topic 'x' does"):
        build(request(tmp_path, content=content))


def test_languages_that_a_disk_takes_for_one_are_refused(tmp_path: Path) -> None:
    content = topics(tmp_path / "content", "x")
    for name in ("en-US", "en-us"):
        shutil.copy(content / "x" / "en.yaml", content / "x" / f"{name}.yaml")
    with pytest.raises(ProblemsError, match=r"en-us\.yaml: FILE06 error: names its files as en-US\.yaml does"):
        build(request(tmp_path, content=content))


def test_a_theme_spelled_otherwise_in_a_later_run_overwrites_nothing(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", own)
    for name in ("Own", "own"):
        shutil.copy(own / "themes" / "default.yaml", own / "themes" / f"{name}.yaml")
    build(request(tmp_path, theme="Own", templates=own))
    before = files(tmp_path / "out")
    with pytest.raises(
        UsageError, match=r"ixazomib-en-card-own\.pdf: some disks take it for ixazomib-en-card-Own\.pdf"
    ):
        build(request(tmp_path, theme="own", templates=own))
    assert files(tmp_path / "out") == before
    assert len(build(request(tmp_path, theme="Own", templates=own)).kept) == 1
    (tmp_path / "out" / "ixazomib-en-card-Own.pdf").unlink()
    assert len(build(request(tmp_path, theme="own", templates=own)).made) == 1


def test_a_build_does_not_overwrite_what_a_batch_made(tmp_path: Path) -> None:
    rows = [{"id": "large-print", "name": "Riverside"}, {"id": "b", "name": "Hillside"}]
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", ("card",))
    run_here(order)
    before = files(tmp_path / "out")
    with pytest.raises(
        UsageError, match=r"card-large-print\.pdf: a batch made it for a recipient; choose another --out"
    ):
        build(request(tmp_path, theme="large-print"))
    assert files(tmp_path / "out") == before
    assert len(build(request(tmp_path)).made) == 1
    assert run_here(order).kept == 2


def test_a_build_overwrites_no_document_of_a_batch_before_the_last(tmp_path: Path) -> None:
    for name, ident in (("r1", "large-print"), ("r2", "other")):
        run_here(
            order_for(table(tmp_path / f"{name}.csv", [{"id": ident, "name": ident}]), tmp_path / "out", ("card",))
        )
    before = files(tmp_path / "out")
    with pytest.raises(UsageError, match=r"card-large-print\.pdf: a batch made it for a recipient; choose another"):
        build(request(tmp_path, theme="large-print"))
    assert files(tmp_path / "out") == before


def test_a_build_overwrites_no_document_of_a_batch_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_journal: Journal, _made: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        rows = [{"id": "Large-Print", "name": "Rosa"}]
        run_here(order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", ("card",)))
    before = files(tmp_path / "out")
    assert list(before) == ["ixazomib-en-card-Large-Print.pdf"]
    with pytest.raises(UsageError, match=r"card-large-print\.pdf: a batch made it for a recipient; choose another"):
        build(request(tmp_path, theme="large-print"))
    assert files(tmp_path / "out") == before


@pytest.mark.parametrize("without", ["", "batch-report.csv", ".batch"])
def test_a_build_takes_no_name_that_a_disk_cannot_tell_from_a_recipients(tmp_path: Path, without: str) -> None:
    run_here(order_for(table(tmp_path / "r.csv", [{"id": "A4", "name": "Rosa"}]), tmp_path / "out", ("card",)))
    if without:
        (tmp_path / "out" / without).rename(tmp_path / "elsewhere")
    before = files(tmp_path / "out")
    with pytest.raises(UsageError, match=r"card-a4\.pdf: a batch made it for a recipient; choose another --out"):
        build(request(tmp_path, paper="a4"))
    assert files(tmp_path / "out") == before
    (tmp_path / "out" / "ixazomib-en-card-A4.pdf").unlink()
    assert len(build(request(tmp_path, paper="a4")).made) == 1
    assert len(build(request(tmp_path, paper="a4"), force=True).made) == 1, "what it made is its own"


def test_a_build_does_not_take_a_name_back_that_it_lists_and_a_batch_has_now(tmp_path: Path) -> None:
    build(request(tmp_path, paper="a4"))
    (tmp_path / "out" / "ixazomib-en-card-a4.pdf").unlink()
    order = order_for(table(tmp_path / "r.csv", [{"id": "a4", "name": "Rosa"}]), tmp_path / "out", ("card",))
    assert run_here(order).made == 1
    before = files(tmp_path / "out")
    with pytest.raises(UsageError, match=r"card-a4\.pdf: a batch made it for a recipient"):
        build(request(tmp_path, paper="a4"))
    assert files(tmp_path / "out") == before


def test_a_batch_does_not_overwrite_what_a_build_made(tmp_path: Path) -> None:
    build(request(tmp_path, paper="a4"))
    before = files(tmp_path / "out")
    rows = [{"id": ident, "name": "Riverside"} for ident in ("A4", "b", "a4-b")]
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", ("card", "pdf"))
    run_here(order)
    lines = report(tmp_path / "out")
    assert [line["status"] for line in lines] == ["failed", "made", "made", "failed"]
    assert (
        f"{tmp_path / 'r.csv'}:2:1: ROW02 error: the id 'A4' would give its document the name of "
        "ixazomib-en-card-a4.pdf, which a build made; write another id, or choose another --out"
    ) == lines[0]["reason"]
    assert before.items() <= files(tmp_path / "out").items()
    (tmp_path / "out" / "ixazomib-en-card-a4.pdf").unlink()
    assert run_here(order).failed == 1
