"""Writes handouts/model/plural_rules.py from CLDR's plural rules, as npm has them.

Needs npm, and takes a minute. Run: PYTHONPATH=. .venv/bin/python scripts/plural_rules.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from handouts.model.plurals import PluralCategory, PluralRules

VERSION = "48.2.0"
TABLE = Path(__file__).resolve().parent.parent / "handouts" / "model" / "plural_rules.py"
HEAD = f'''\
"""The plural rules of all languages of CLDR. Written by scripts/plural_rules.py; not to be edited.

From npm's cldr-core {VERSION}, Copyright © 2004-2026 Unicode, Inc., under the Unicode License v3
(docs/licences/unicode.txt).
"""

from __future__ import annotations

from collections.abc import Mapping

from handouts.model.plurals import PluralRules

'''


def numbers() -> Iterator[Decimal]:
    """What a document's words count: whole numbers below 10,000, and those with one decimal."""
    yield from map(Decimal, range(10_000))
    yield from (Decimal(tenths).scaleb(-1) for tenths in range(100_000))


def reached(rules: PluralRules) -> dict[PluralCategory, set[Decimal]]:
    """The categories that such numbers have, each with its first two numbers."""
    found: dict[PluralCategory, set[Decimal]] = defaultdict(set)
    for number in numbers():
        known = found[rules.category(number)]
        if len(known) < 2:
            known.add(number.normalize())
    return found


def _downloaded() -> tuple[dict[str, Any], dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"cldr-core@{VERSION}"], cwd=folder, check=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            package.extractall(folder, filter="data")
        rules, ranges = (
            json.loads((Path(folder) / "package" / "supplemental" / name).read_text("utf-8"))["supplemental"]
            for name in ("plurals.json", "pluralRanges.json")
        )
    return rules["plurals-type-cardinal"], ranges["plurals"]


def _conditions(rules: dict[str, str]) -> dict[Any, str]:
    named = {key.removeprefix("pluralRule-count-"): text.partition("@")[0].strip() for key, text in rules.items()}
    return {category: condition for category, condition in named.items() if category != "other"}


def _ranges(ranges: dict[str, str]) -> dict[Any, Any]:
    pairs = {tuple(key.removeprefix("pluralRange-start-").split("-end-")): found for key, found in ranges.items()}
    return {ends: category for ends, category in pairs.items() if category != ends[1]}


def _table() -> str:
    rules, ranges = _downloaded()
    alike: dict[str, list[str]] = defaultdict(list)
    needed: dict[str, str] = {}
    for language, said in sorted(rules.items()):
        conditions, of_ranges = _conditions(said), _ranges(ranges.get(language, {}))
        key = repr(conditions)
        if key not in needed:
            categories = reached(PluralRules(conditions, (), ()))
            in_order = tuple(sorted(categories, key=get_args(PluralCategory).index))
            single = tuple(name for name in in_order if len(categories[name]) == 1)
            needed[key] = f"{key}, {in_order!r}, {single!r}"
        alike[f"PluralRules({needed[key]}, {of_ranges!r})"].append(language)
    rows = "".join(f"{' '.join(languages)!r}: {made},\n" for made, languages in alike.items())
    return (
        f"_ALIKE: Mapping[str, PluralRules] = {{\n{rows}}}\n\n"
        "RULES: Mapping[str, PluralRules] = {\n"
        "    language: rules for languages, rules in _ALIKE.items() for language in languages.split()\n}\n"
        '"""By language tag."""\n'
    )


if __name__ == "__main__":
    TABLE.write_text(HEAD + _table(), "utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(TABLE)], check=True)
