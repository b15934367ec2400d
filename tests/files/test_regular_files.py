"""What is read: regular files alone, only those that are used, and none further than its kind may be long."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT, TODAY

from handouts.build.inputs import input_digests
from handouts.build.request import Request
from handouts.cli.main import commands, run
from handouts.files import disk
from handouts.files.disk import (
    DECK_TEMPLATE,
    LOGO,
    TEMPLATE,
    YAML,
    bytes_of,
    chunks_of,
    digest_of,
    languages_in,
    text_of,
)
from handouts.model import image, yaml_source
from handouts.problems import Origin, ProblemsError
from handouts.theme import template_file

BOUNDED = """
import contextlib, io, json, resource, signal, sys
from handouts.cli.main import commands, run
def stop(*_): raise BaseException("it waits for ever")
signal.signal(signal.SIGALRM, stop)
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
found = []
for arguments in json.load(sys.stdin):
    signal.alarm(60)
    with contextlib.redirect_stderr(io.StringIO()) as said:
        try:
            status = run(commands, arguments)
        except BaseException as bad:
            status = repr(bad)
    found.append((status, said.getvalue()))
print(json.dumps(found))
"""


def bounded(*commands: list[str | Path]) -> list[tuple[int, str]]:
    """Commands with 2 GB of memory and a minute each; of each the status and what it says."""
    asked = json.dumps([[str(one) for one in arguments] for arguments in commands])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", BOUNDED]
    done = subprocess.run(
        command, env=environment, input=asked, capture_output=True, text=True, check=True, timeout=600
    )
    return [(status, said) for status, said in json.loads(done.stdout)]


@contextlib.contextmanager
def made(path: Path, what: str) -> Iterator[None]:
    """Something that is no ordinary file."""
    closing: Callable[[], object] = lambda: None  # noqa: E731
    match what:
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "a socket":
            server = socket.socket(socket.AF_UNIX)
            closing = server.close
            # The name of a socket has room for some hundred bytes only.
            before = Path.cwd()
            os.chdir(path.parent)
            server.bind(path.name)
            os.chdir(before)
        case "a device":
            path.symlink_to("/dev/zero")
        case "endless":
            path.symlink_to("/proc/self/mem")
        case "a ring":
            path.symlink_to(path.name)
        case "nothing":
            path.symlink_to("nowhere")
        case _:
            raise ValueError(what)
    yield
    closing()


WHAT = {
    "a folder": "is a folder, not a file; put a YAML file in its place",
    "a pipe": "is a pipe, not a file; put a YAML file in its place",
    "a socket": "is a socket, not a file; put a YAML file in its place",
    "a device": "is a device, not a file; put a YAML file in its place",
    "endless": "cannot be read: input/output error; check that the file is there",
    "a ring": "cannot be read: too many levels of symbolic links; check that the file is there",
    "nothing": "cannot be read: no such file or directory; check that the file is there",
}


@pytest.mark.parametrize("what", WHAT)
def test_only_files_are_read(tmp_path: Path, what: str) -> None:
    path = tmp_path / "x.yaml"
    with made(path, what):
        for read in (lambda: bytes_of(path, YAML), lambda: digest_of(path, YAML), lambda: text_of(path, YAML)):
            with pytest.raises(ProblemsError) as caught:
                read()
            assert str(caught.value) == f"{path}: FILE01 error: {WHAT[what]}"


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    for name in ("a\0b", "a\ud800b"):
        with pytest.raises(ProblemsError, match="FILE01 error: no file can have this name"):
            bytes_of(tmp_path / name, YAML)


def test_a_file_is_as_long_as_its_kind_may_be_and_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"x" * YAML.most)
    assert len(bytes_of(path, YAML)) == YAML.most
    path.write_bytes(b"x" * (YAML.most + 1))
    with pytest.raises(ProblemsError) as caught:
        bytes_of(path, YAML)
    said = "is 1.1 MB; a YAML file may have at most 1 MB; split it, or check that it is the right file"
    assert str(caught.value) == f"{path}: FILE08 error: {said}"


def test_a_file_is_judged_by_its_size_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "logo.png"
    path.touch()
    os.truncate(path, 3_100_000_000)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("it was read"))
    at = Origin("clinic.yaml", 3, 9)
    with pytest.raises(ProblemsError) as caught:
        bytes_of(path, LOGO, at, "the logo 'logo.png'")
    said = "the logo 'logo.png' is 3.1 GB; a logo may have at most 4 MB; save it smaller"
    assert str(caught.value) == f"clinic.yaml:3:9: FILE08 error: {said}"


def test_a_file_that_says_it_is_empty_and_has_no_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    path.touch()
    monkeypatch.setattr(os, "read", lambda _descriptor, size: b"x" * size)
    with pytest.raises(ProblemsError, match="FILE08 error: goes on after 1 MB, the most that a YAML file may have"):
        bytes_of(path, YAML)


def test_a_file_of_which_the_system_tells_no_size_is_read_whole() -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("needs /proc")
    assert bytes_of(Path("/proc/self/status"), YAML).startswith(b"Name:")


def test_a_file_that_grows_meanwhile_is_not_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"x" * 300_000)
    chunks = chunks_of(path, TEMPLATE)
    next(chunks)
    with path.open("ab") as stream:
        stream.write(b"y")
    with pytest.raises(disk.ChangedError, match="changed while it was read"):
        list(chunks)


def test_a_file_that_nobody_may_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.touch(mode=0)
    # Who runs everything may read everything.
    if is_root := os.geteuid() == 0:
        os.seteuid(65534)
    try:
        with pytest.raises(ProblemsError) as caught:
            bytes_of(path, YAML)
    finally:
        if is_root:
            os.seteuid(0)
    assert str(caught.value) == f"{path}: FILE01 error: cannot be read: permission denied; check that the file is there"


def test_the_limits_are_those_of_who_judges_what_was_read() -> None:
    assert YAML.most == yaml_source.MAX_BYTES
    assert LOGO.most == image.MAX_BYTES
    assert DECK_TEMPLATE.most == template_file.MAX_BYTES


# What stands where a file should, from the command line.

STRANGE = {
    "a pipe as topic.yaml": ("content/ixazomib/topic.yaml", "a pipe", 1, "topic.yaml: FILE01 error: is a pipe"),
    "a device as en.yaml": ("content/ixazomib/en.yaml", "a device", 1, "en.yaml: FILE01 error: is a device"),
    "a folder as es.yaml": ("content/ixazomib/es.yaml", "a folder", 1, "es.yaml: FILE01 error: is a folder"),
    "a pipe as review.yaml": ("content/ixazomib/review.yaml", "a pipe", 1, "review.yaml: FILE01 error: is a pipe"),
    "a link to nothing as review.yaml": ("content/ixazomib/review.yaml", "nothing", 1, "review.yaml: FILE01 error: ca"),
    "a device as logo": ("logo.png", "a device", 1, "clinic.yaml:3:14: FILE04 error: the logo 'logo.png' is outside"),
    "a pipe as logo": ("logo.png", "a pipe", 1, "clinic.yaml:3:14: FILE01 error: the logo 'logo.png' is a pipe, not a"),
    "a socket as logo": ("logo.png", "a socket", 1, "FILE01 error: the logo 'logo.png' is a socket, not a file"),
    "a device as theme": ("templates/themes/default.yaml", "a device", 1, "default.yaml: FILE01 error: is a device"),
    "a pipe as locale": ("templates/locales/en.yaml", "a pipe", 1, "locales/en.yaml: FILE01 error: is a pipe, not a"),
    "a folder as word list": ("templates/plain/en.yaml", "a folder", 1, "plain/en.yaml: FILE01 error: is a folder"),
    "a pipe as sheet": ("templates/sheets/avery-5371.yaml", "a pipe", 1, "avery-5371.yaml: FILE01 error: is a pipe"),
    "a pipe as template": ("templates/card.html.j2", "a pipe", 1, "card.html.j2: FILE01 error: is a pipe, not a file"),
    "a pipe as manifest": ("out/manifest.json", "a pipe", 2, "cannot read {}/out/manifest.json: is a pipe, not a file"),
    "a pipe as document": ("out/ixazomib-en-card.pdf", "a pipe", 2, "write {}/out/ixazomib-en-card.pdf: it is a pipe"),
    "a device as document": ("out/ixazomib-en-card.pdf", "a device", 2, "ixazomib-en-card.pdf: it is a device, not a"),
}


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Path, int, str]]]:
    """What a build of each of these says, and where it ran."""
    with contextlib.ExitStack() as stack:
        folders: dict[str, Path] = {}
        asked: list[list[str | Path]] = []
        for case, (name, what, *_) in STRANGE.items():
            folder = folders[case] = tmp_path_factory.mktemp("strange")
            shutil.copytree(CONTENT, folder / "content")
            (folder / "templates").mkdir()
            clinic = folder / "clinic.yaml"
            clinic.write_text("schema_version: 1\nname: A\nlogo: {file: logo.png, alt: A river}\n", "utf-8")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            stack.enter_context(made(path, what))
            asked.append([
                "build", "--content", folder / "content", "--templates", folder / "templates", "--out", folder / "out",
                "--date", "2026-03-31", "--format", "card", *(["--clinic", clinic] if "logo" in name else []),
            ])  # fmt: skip
        found = zip(STRANGE, bounded(*asked), strict=True)
        yield {case: (folders[case], *told) for case, told in found}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("case", STRANGE)
def test_what_is_no_file_stops_a_build_in_a_line(strange: dict[str, tuple[Path, int, str]], case: str) -> None:
    _, _, status, said = STRANGE[case]
    folder, found, told = strange[case]
    errors = [line for line in told.splitlines() if "error" in line]
    assert (found, len(errors)) == (status, 1), told
    assert said.format(folder) in errors[0]
    assert not list((folder / "out").glob(".*"))


def test_what_is_no_file_on_the_command_line_is_a_wrong_command(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    asked = [
        [*command, path]
        for path in ("/dev/zero", tmp_path / "pipe")
        for command in (["build", "--clinic"], ["build", "--deck-template"], ["check-template"], ["batch"])
    ]
    for (*_, path), (status, told) in zip(asked, bounded(*asked), strict=True):
        called = "a device" if path == "/dev/zero" else "a pipe"
        assert status == 2
        assert f"File '{path}' is {called}, not a file; save it as a file." in told


def test_a_film_beside_a_topic_is_nobodys(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    request = Request(TODAY, content=tmp_path / "content", templates=ROOT / "templates")
    before = input_digests(request, ["ixazomib"])
    folder = tmp_path / "content" / "ixazomib"
    (folder / "video.mp4").touch()
    os.truncate(folder / "video.mp4", 6_000_000_000)
    os.mkfifo(folder / "pipe")
    # As editors and macOS leave them.
    (folder / ".#en.yaml").symlink_to("somebody@there.12345")
    (folder / "._en.yaml").write_bytes(b"\0\x05\x16\x07")
    common = ["--content", tmp_path / "content", "--format", "card", "--date", "2026-03-31"]
    in_all, of_a_disk = bounded(
        ["build", "--out", tmp_path / "out", *common],
        ["build", "--out", tmp_path / "other", "--templates", "/", *common],
    )
    assert (in_all[0], of_a_disk[0]) == (0, 0), in_all[1] + of_a_disk[1]
    assert input_digests(request, ["ixazomib"]) == before


def test_a_folder_of_many_files_is_looked_through_in_no_time(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    for number in range(5_000):
        (tmp_path / "content" / "ixazomib" / f"{number}.txt").touch()
    began = time.process_time()
    assert languages_in(tmp_path / "content" / "ixazomib") == ("en",)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("kind", ["themes", "sheets"])
def test_a_folder_named_like_a_theme_or_sheet_is_told_when_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    (tmp_path / "templates" / kind / "zz.yaml").mkdir(parents=True)
    asked = ["--content", CONTENT, "--templates", tmp_path / "templates", "--out", tmp_path / "out", "--format", "card"]
    assert run(commands, ["build", *map(str, asked), "--date", "2026-03-31", f"--{kind[:-1]}", "zz"]) == 1
    told = capsys.readouterr().err
    assert f"templates/{kind}/zz.yaml: FILE01 error: is a folder, not a file; put a YAML file in its place" in told


@pytest.mark.parametrize("name", [b"caf\xe9", b"a\nb", b"a\x1b[2Jb"])
def test_a_topic_whose_folder_cannot_be_printed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: bytes
) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path / "content") + b"/" + name))
    try:
        shutil.copytree(CONTENT / "ixazomib", folder)
    except OSError:
        pytest.skip("this file system has no such names")
    common = ["--content", tmp_path / "content", "--out", tmp_path / "out", "--date", "2026-03-31"]
    assert run(commands, ["build", *map(str, common)]) == 1
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "error" in line]
    said = "the folder's name has a character that cannot be printed; rename it, such as my-medicine"
    assert line.endswith(f": FILE07 error: {said}")
    assert line.isprintable()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["nul.txt", "CON", "com1"])
def test_a_topic_that_windows_takes_for_a_device_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    shutil.copytree(CONTENT / "ixazomib", tmp_path / "content" / name)
    common = ["--content", tmp_path / "content", "--out", tmp_path / "out", "--date", "2026-03-31"]
    assert run(commands, ["build", *map(str, common)]) == 1
    told = capsys.readouterr().err
    assert "FILE07 error: the folder has the name of a device of Windows" in told
    assert f"rename it, such as {name.partition('.')[0]}-1" in told
