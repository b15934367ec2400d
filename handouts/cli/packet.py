"""The command line of packets: saved sets or documents by name in, a PDF to print in one go out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.cards import sheet_option
from handouts.cli.options import PAPERS, clinic_option, folder, note_of, note_option, quiet_option, region_option
from handouts.cli.terminal import read_date, report, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.build.sets import Item
    from handouts.model.print_set import PrintSet


@click.command("packet")
@click.argument("documents", metavar="SET|TOPIC:LANG[:card]...", nargs=-1, required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help="The PDF.")
@click.option("--lang", "languages", multiple=True, metavar="TAG", help="A language of what a set names without one.")
@click.option("--content", type=folder(True), default=Path("content"), is_eager=True, help="Folder of topics.")
@click.option("--templates", type=folder(True), help="Your templates; the shipped ones fill in for the rest.")
@click.option("--date", "today", callback=read_date, metavar="YYYY-MM-DD", help="The date of the documents.")
@click.option("--theme", metavar="NAME", help="A theme of templates/themes.  [default: the set's]")
@click.option("--paper", type=click.Choice(PAPERS), help="[default: the set's, else letter]")
@sheet_option
@clinic_option
@region_option
@note_option
@click.option("--strict", is_flag=True, help="Stop at warnings too.")
@quiet_option
def packet_command(
    documents: tuple[str, ...], out: Path, languages: tuple[str, ...], note_file: Path | None, quiet: bool, **asked: Any
) -> None:
    """Print several documents in one go, in this order, each beginning on a sheet of its own.

    Cards lie on other stock than handouts: where both are asked for, they come into a second file, FILE-cards.pdf.
    """
    from handouts.batch.print_jobs.packet import packet
    from handouts.build.request import Request
    from handouts.files.disk import own_templates, write_all
    from handouts.files.saved import clinic_path

    content = asked["content"]
    items, sets = _items(content, documents, languages)
    # What sets say in common counts where the command line says nothing.
    asked["theme"] = asked["theme"] or _common("theme", sets) or "default"
    asked["paper"] = asked["paper"] or _common("paper", sets) or "letter"
    profile = None if asked["clinic"] else _common("clinic", sets)
    asked["clinic"] = asked["clinic"] or (clinic_path(content, profile) if profile else None)
    asked["templates"] = own_templates(asked["templates"])
    request = Request(note=note_of(note_file, {item.format for item in items}), **asked)
    made = packet(request, items, sets[0].title if len(sets) == len(documents) == 1 else "")
    names = [out.name, f"{out.stem}-cards{out.suffix}"]
    files = [(name, job.data) for name, job in zip(names, made.jobs, strict=False)]
    write_all(out.parent, files)
    if quiet:
        return
    report(made.findings)
    for (name, data), job in zip(files, made.jobs, strict=True):
        counted = ", ".join(
            f"{number} {one}{'' if number == 1 else 's'}"
            for number, one in ((len(job.parts), job.document), (job.sheets, "sheet"))
        )
        say(f"wrote {out.parent / name}: {counted} ({len(data) / 1000:.0f} kB)")


def _items(
    content: Path, documents: Sequence[str], languages: Sequence[str]
) -> tuple[tuple[Item, ...], tuple[PrintSet, ...]]:
    """The documents that are named, and the sets among the names. Raises UsageError, ProblemsError."""
    from handouts.build.sets import Item, items_of
    from handouts.files.disk import UsageError
    from handouts.files.saved import load_set

    items: list[Item] = []
    sets: list[PrintSet] = []
    for named in documents:
        topic, *rest = named.split(":")
        if not rest:
            found = load_set(content, named)
            sets.append(found.value)
            items += items_of(content, found, languages)
        elif len(rest) == 1 or rest[1:] in (["card"], ["handout"]):
            items.append(Item(topic, rest[0], "card" if rest[1:] == ["card"] else "pdf"))
        else:
            raise UsageError(f"'{named}' names no document; write TOPIC:LANG, TOPIC:LANG:card, or the name of a set")
    return tuple(items), tuple(sets)


def _common(choice: str, sets: Sequence[PrintSet]) -> str | None:
    """What the sets say of a choice; None where none does. Raises UsageError where they differ."""
    from handouts.files.disk import UsageError

    found = sorted({said for one in sets if (said := getattr(one, choice)) is not None})
    if len(found) > 1:
        raise UsageError(f"the sets have not the same {choice} ({', '.join(found)}); choose one with --{choice}")
    return found[0] if found else None
