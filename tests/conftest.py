"""Shared fixtures; what they give stands in topic_samples.py."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from thoroughness import examples, mark_samples
from topic_samples import CONTENT, FOLDERS, ROOT, TODAY, TOPICS, Built, Change, Plans, shipped_plans

from handouts.build.build import build
from handouts.build.request import Request
from handouts.build.result import Result
from handouts.build.sign_off import approve

# A busy machine is no failure: how long an example takes says nothing of what it means.
# With CI set the examples are the same in each run: a change is judged by what it changes, not by what is drawn.
settings.register_profile(
    "unhurried", deadline=None, max_examples=examples(100), derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("unhurried")

LEFT_OUT: set[str] = set()


@pytest.hookimpl(tryfirst=True)  # before pytest looks which of them `-m` asks for
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_samples(items)


def pytest_deselected(items: list[pytest.Item]) -> None:
    LEFT_OUT.update(item.nodeid for item in items if item.get_closest_marker("slow"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    # Workers deselect tests, the process that reports does not hear of it.
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = sorted(LEFT_OUT)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    LEFT_OUT.update(getattr(node, "workeroutput", {}).get("left_out", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LEFT_OUT:
        judges = "the Open XML SDK validator and LibreOffice"
        terminalreporter.write_line(f"left out: {len(LEFT_OUT)} slow tests, {judges} among them; .ci/run runs them")


@pytest.fixture(scope="session")
def ixazomib() -> Plans:
    return shipped_plans("ixazomib")


@pytest.fixture(scope="session", params=FOLDERS)
def topic_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def plans(topic_id: str) -> Plans:
    return shipped_plans(topic_id)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """All documents of all topics, the printed ones on letter and on A4."""
    folder = tmp_path_factory.mktemp("build")
    made: list[Result] = []
    for content in (CONTENT, TOPICS):
        made.append(build(Request(TODAY, content=content, templates=ROOT / "templates", out=folder)))
        made.append(
            build(
                Request(TODAY, ("pdf", "card"), paper="a4", content=content, templates=ROOT / "templates", out=folder)
            )
        )
    return Built(folder, Result(tuple(m for r in made for m in r.made), tuple(f for r in made for f in r.findings)))


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A folder with a topic without findings: its line is verified, its sources are young, a clinician signed it."""
    shutil.copytree(TOPICS / "longwords", tmp_path / "signed" / "longwords")
    request = Request(TODAY, topics=("longwords",), content=tmp_path / "signed", templates=ROOT / "templates")
    approve(request, "A. Name", "Hematologist (made up)")
    return tmp_path / "signed"


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """Copies the content of a topic with pieces of a file replaced; gives the folder of topics."""

    def change(*pairs: tuple[str, str], file: str = "topic.yaml", topic: str = "ixazomib") -> Path:
        content = tmp_path / "content"
        if not content.exists():
            shutil.copytree(FOLDERS[topic] / topic, content / topic)
        path = content / topic / file
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert text.count(old) >= 1, f"'{old}' is not in {file}"
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        return content

    return change
