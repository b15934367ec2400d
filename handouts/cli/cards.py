"""The command line of wallet cards: options of a print run, a list of card stock, and the calibration of a printer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from handouts.cli.options import PAPERS
from handouts.cli.terminal import give, options, read_date, say
from handouts.problems import Problem, ProblemsError, one_line
from handouts.theme.printing import LEAST_SCALE, MOST_OFFSET, MOST_SCALE, USUAL, Correction, Printing

if TYPE_CHECKING:
    from handouts.theme.sheet import Sheet

FLIPS = ("long-edge", "short-edge")
_NUMBER = re.compile(r"[-+]?[0-9]{1,3}(\.[0-9]{1,3})?")
_MOST_CARDS = 10_000
_FITTED = "is the page fitted to the paper? Print it at 100%"


def _numbers(value: str) -> list[float] | None:
    parts = [part.strip() for part in value.split(",")]
    return [float(part) for part in parts] if all(_NUMBER.fullmatch(part) for part in parts) else None


def _offset(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[float, float] | None:
    """`x,y` in millimetres."""
    if value is None:
        return None
    found = _numbers(value)
    if found is None or len(found) != 2:
        raise click.BadParameter(f"'{value}' is not x,y in millimetres; write it like 0.5,-1")
    if max(map(abs, found)) > MOST_OFFSET:
        raise click.BadParameter(f"'{value}' is more than {MOST_OFFSET:g} mm; {_FITTED}")
    return found[0], found[1]


def _scale(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[float, float] | None:
    """`across,down` or one number for both, in percent."""
    if value is None:
        return None
    found = _numbers(value.replace("%", ""))
    if found is None or len(found) > 2:
        raise click.BadParameter(
            f"'{value}' is not a percentage, or two for across,down; write it like 100.4 or 100.4,99.8"
        )
    if not all(LEAST_SCALE <= number <= MOST_SCALE for number in found):
        raise click.BadParameter(f"'{value}' is not between {LEAST_SCALE:g} and {MOST_SCALE:g} percent; {_FITTED}")
    return found[0], found[-1]


correction_options = options(
    click.option("--flip", type=click.Choice(FLIPS),
                 help="The edge on which the printer turns the sheet.  [default: the one at its side]"),
    click.option("--offset", callback=_offset, metavar="X,Y", help="Move the print by mm, right and down."),
    click.option("--back-offset", callback=_offset, metavar="X,Y", help="The same for backs.  [default: as fronts]"),
    click.option("--scale", callback=_scale, metavar="PERCENT", help="Stretch the print; ACROSS,DOWN if they differ."),
    click.option("--printer", metavar="NAME", help="A printer saved with 'handouts calibrate --save NAME'."),
    click.option("--printers", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                 envvar="HANDOUTS_PRINTERS", default=lambda: Path(click.get_app_dir("handouts")) / "printers.yaml",
                 show_default="printers.yaml in your settings", help="The file of saved printers."),
)  # fmt: skip
"""Options of whatever has to come out in its place."""

sheet_option = click.option(
    "--sheet", metavar="NAME", help="Card stock; 'handouts sheets' lists it.  [default: by paper]"
)
print_run_options = options(
    sheet_option,
    click.option("--start-at", type=click.IntRange(min=1), default=1, metavar="N",
                 help="The first card used of a sheet, row by row.  [default: 1]"),
    click.option("--count", type=click.IntRange(1, _MOST_CARDS), metavar="N",
                 help="How many cards.  [default: one sheet]"),
    correction_options,
)  # fmt: skip
"""Options of a print run of cards."""


def printing_of(asked: dict[str, Any]) -> Printing:
    """Takes the options above but `--sheet` out of those asked for and gives the print run that they make.

    What is given on the command line counts more than what is saved of a printer. Raises UsageError, ProblemsError.
    """
    name, path = asked.pop("printer"), asked.pop("printers")
    saved = _saved(path, name) if name else Correction()
    given: dict[str, float] = {}
    for option, fields in (
        ("offset", ("offset_x", "offset_y")),
        ("back_offset", ("back_offset_x", "back_offset_y")),
        ("scale", ("scale_x", "scale_y")),
    ):
        given |= zip(fields, asked.pop(option) or (), strict=False)
    label = "-".join(part for part in (name, "adjusted" if given else "") if part)
    return Printing(
        flip=asked.pop("flip"),
        start_at=asked.pop("start_at", 1),
        count=asked.pop("count", None),
        correction=replace(saved, **given),
        printer=label,
    )


def _saved(path: Path, name: str) -> Correction:
    from handouts.files.printers import printer_named

    _check_is_somewhere(path)
    return printer_named(path, name)


def _check_is_somewhere(printers: Path) -> None:
    """Raises UsageError where the settings would lie in a home folder that nobody has."""
    from handouts.files.disk import UsageError

    if printers.parts[:1] == ("~",):
        raise UsageError("there is no home folder for your settings; name the file of printers with --printers FILE")


@click.command("sheets")
@click.option("--templates", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Your templates.")
def sheets_command(templates: Path | None) -> None:
    """List the card stock that --sheet can name."""
    from handouts.files.disk import own_templates
    from handouts.files.workspace import Workspace
    from handouts.theme.sheet import Sheet

    workspace = Workspace(Path(), own_templates(templates))
    problems: list[Problem] = []
    for name in workspace.names("sheets"):
        try:
            give(f"{one_line(_described(name, workspace.named('sheets', name, Sheet)))}\n")
        except ProblemsError as bad:
            problems.extend(bad.problems)
    if problems:
        raise ProblemsError(problems)


def _described(name: str, sheet: Sheet) -> str:
    """One line: name, cards a sheet, paper, their size in the stock's own unit and in millimetres, what it is."""
    own = f"{sheet.card_width:g} × {sheet.card_height:g} {sheet.unit}"
    width, height = (round(side * 25.4 / 72, 2) for side in sheet.card_size)
    size = own if sheet.unit == "mm" else f"{own} ({width:g} × {height:g} mm)"
    where = "one a page" if sheet.paper == "card" else f"{sheet.cards} on {sheet.paper}"
    sides = "one side, to fold" if sheet.fold_over else "both sides"
    usual = f"; the default for {sheet.paper}" if USUAL.get(sheet.paper) == name else ""
    return f"{name:<14}{where:<14}{size:<32}{sides:<20}{sheet.description}{usual}"


@click.command("calibrate")
@click.option("--paper", type=click.Choice(PAPERS), default="letter", show_default=True)
@click.option("--lang", "language", default="en", metavar="TAG", show_default=True, help="The page's language.")
@correction_options
@click.option("--save", "name", metavar="NAME", help="Save what was read of a printer, for --printer NAME.")
@click.option("--templates", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Your templates.")
@click.option("--date", "today", callback=read_date, metavar="YYYY-MM-DD", help="The date of the page.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("build"), show_default=True)
def calibrate_command(name: str | None, templates: Path | None, printers: Path, **asked: Any) -> None:
    """Make a page of scales that show how far off a printer prints; save what you read there.

    The page is made with the correction given or saved, so that a second print shows whether it is right.
    """
    from handouts.build.calibration import write_calibration
    from handouts.files.disk import UsageError, own_templates
    from handouts.files.printers import save_printer

    printing = printing_of({**asked, "printers": printers})
    if name is not None:
        if not printing.printer:
            raise UsageError("--save needs what you have read: --offset x,y, --back-offset x,y or --scale across,down")
        _check_is_somewhere(printers)
        save_printer(printers, name, printing.correction, say)
        say(f"saved printer '{name}' in {printers}")
        printing = replace(printing, printer=name)
    kept = {key: asked[key] for key in ("paper", "language", "today")}
    say(f"{write_calibration(**kept, printing=printing, templates=own_templates(templates), out=asked['out'])}")
    say("print it at 100%, never fitted to the page; then do what it says")
