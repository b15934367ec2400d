"""Names that some disk takes for one, and names that Windows keeps for itself."""

from __future__ import annotations

import pytest

from handouts.files.names import folded, is_device

ALIKE = {
    "capitals": ("A1", "a1"), "capitals beyond ASCII": ("Élan", "élan"), "sharp s": ("groß", "GROSS"),
    "composed or not": ("é", "e\u0301"), "composed capital or not": ("É", "e\u0301"), "Kelvin": ("\u212a1", "k1"),
    "long s": ("\u017f1", "S1"), "dotted I": ("\u0130", "i\u0307"), "final sigma": ("ΟΣ", "ος"),
    "a ligature": ("\ufb01x", "FIX"), "what is invisible": ("a\u200db\ufeff", "ab"), "Ångström": ("\u212b", "å"),
    "iota below": ("\u1fb3", "\u03b1\u03b9"),
}  # fmt: skip


@pytest.mark.parametrize("pair", ALIKE.values(), ids=ALIKE)
def test_names_that_some_disk_takes_for_one_are_folded_into_one(pair: tuple[str, str]) -> None:
    one, other = pair
    assert one != other and folded(one) == folded(other) == folded(folded(one))


@pytest.mark.parametrize("pair", [("a1", "a2"), ("é", "e"), ("a-b", "ab"), ("1", "\u00b9"), ("o", "ø"), ("a.", "a")])
def test_other_names_stay_apart(pair: tuple[str, str]) -> None:
    assert folded(pair[0]) != folded(pair[1])


@pytest.mark.parametrize(
    "name", ["CON", "nul", "com1", "aux.x", "LPT9", "COM¹", "lpt².txt", "NUL.txt", "con .x", "prn."]
)
def test_devices_of_windows_are_known_whatever_follows(name: str) -> None:
    assert is_device(name)


@pytest.mark.parametrize("name", ["console", "com", "com10", "x-con", "icon", "nul-en-handout.pdf", "lpt0"])
def test_no_other_name_is_a_device(name: str) -> None:
    assert not is_device(name)
