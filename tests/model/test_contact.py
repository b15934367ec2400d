"""Whom readers may turn to: each contact is one way, its mistakes are told at their keys, and its link leads there."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.contact import Contact
from handouts.model.fit import fit
from handouts.model.leaves import leaves
from handouts.model.load import load
from handouts.model.phone import keypad_digits
from handouts.problems import ProblemsError

LINE = "shown: 1-202-555-HELP\ndial: '+12025554357'\nsource: page\n"
CODE = "code: '988'\nregion: US\nsource: page\n"
PAGE = "system: url\naddress: https://example.org/chat\nsource: page\n"
CLINIC = "from: clinic\n"


def contact(text: str) -> Contact:
    return load("a.yaml", text, Contact).value


def problems(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        contact(text)
    return [str(problem).removeprefix("a.yaml:") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "said", "spelled", "digits", "href", "country"),
    [
        (LINE, "1-202-555-HELP", "1-202-555-HELP (4357)", "1-202-555-4357", "tel:+12025554357", "US"),
        (f"{LINE}extension: '12'\n", "1-202-555-HELP", "1-202-555-HELP (4357)", "1-202-555-4357",
         "tel:+12025554357;ext=12", "US"),
        ("dial: '+34900558432'\nsource: page\n", *["+34900558432"] * 3, "tel:+34900558432", "ES"),
        ("shown: 1-844-4KYMRIAH\ndial: '+18444596742'\nsource: page\n", "1-844-4KYMRIAH", "1-844-4KYMRIAH (596742)",
         "1-844-4596742", "tel:+18444596742", "US"),
        (CODE, *["988"] * 3, "tel:988", "US"),
        (f"system: sms\n{CODE}", *["988"] * 3, "sms:988", "US"),
        (f"system: sms\nbody: AYUDA\n{CODE}", *["988"] * 3, "sms:988?body=AYUDA", "US"),
        (f"system: sms\nbody: ¿Sí & no?\n{CODE}", *["988"] * 3, "sms:988?body=%C2%BFS%C3%AD%20%26%20no%3F", "US"),
        (f"system: sms\n{LINE}", "1-202-555-HELP", "1-202-555-HELP (4357)", "1-202-555-4357", "sms:+12025554357", "US"),
        (PAGE, *["example.org/chat"] * 3, "https://example.org/chat", None),
        (CLINIC, "", "", "", "", None),
        ("dial: '+9996036628'\nshown: 999-603-MMCT\nsource: page\n", "999-603-MMCT", "999-603-MMCT (6628)",
         "999-603-6628", "tel:+9996036628", None),
    ],
)  # fmt: skip
def test_a_contact_is_read_in_three_ways_and_opened_in_one(
    text: str, said: str, spelled: str, digits: str, href: str, country: str | None
) -> None:
    found = contact(text)
    assert (found.text(), found.spelled(), found.digits()) == (said, spelled, digits)
    assert (found.href(), found.country()) == (href, country)


@pytest.mark.parametrize(("code", "region"), [("911", "US"), ("112", "DE"), ("999", "GB"), ("061", "GN")])
def test_an_emergency_number_is_one_of_its_country(code: str, region: str) -> None:
    """Guinea's plan is silent, so that nobody can say that a code is none of its emergency numbers."""
    assert contact(f"code: '{code}'\nregion: {region}\nemergency: true\nsource: page\n").emergency


@pytest.mark.parametrize(("code", "region"), [("988", "US"), ("024", "ES"), ("111", "GB"), ("123456", "US")])
def test_a_code_that_is_in_no_list_is_one(code: str, region: str) -> None:
    assert contact(f"code: '{code}'\nregion: {region}\nsource: page\n").code == code


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("emergency: false\n", "1:1", "the file says no way to reach anybody; add dial, code with region"),
        ("shown: 1-202-555-0143\n", "1:1", "the file says no way to reach anybody; add dial, code with region"),
        ("system: url\nsource: page\n", "1:9", "system is url, but there is no address to open"),
        (f"system: url\n{LINE}", "1:9", "system is url, but there is no address to open"),
        (f"{LINE}code: '988'\nregion: US\n", "4:7", "code is another way than 'dial'"),
        ("dial: '+12025554357'\nfrom: clinic\n", "2:7", "from is another way than 'dial'"),
        ("address: https://example.org\nsource: page\n", "1:10", "address is a page, which nobody calls"),
        ("system: sms\nfrom: clinic\n", "2:7", "from is a telephone, which may take no messages"),
        ("code: '988'\nsource: page\n", "1:7", "code is a number of one country alone; add region:"),
        (f"{LINE}region: US\n", "4:9", "region stands beside no code"),
        (f"{CODE}shown: 9-8-8\n", "4:8", "shown is how a number is printed, but there is none; add dial:"),
        (f"{CODE}extension: '12'\n", "4:12", "extension is dialled after a number, but there is none; add dial:"),
        (f"system: sms\n{LINE}extension: '12'\n", "5:12", "extension is dialled during a call, and an sms is none"),
        (f"{CODE}body: HELP\n", "4:7", "body is what a message says, and only an sms is one"),
        (f"{CODE}emergency: true\n", "4:12", "emergency is true, but 988 is no emergency number of US"),
        (f"{LINE}emergency: true\n", "4:12", "emergency is true, but only a short code is an emergency number"),
        (f"{PAGE}emergency: true\n", "4:12", "emergency is true, but only a short code is an emergency number"),
        ("code: '988'\nregion: QQ\nsource: page\n", "2:9", "region is QQ, which is no country"),
        ("code: '988'\nregion: US\n", "1:1", "the file lacks the key 'source'"),
        (f"{LINE}verified_on: 2026-01\n", "4:14", "verified_on says when, but not who"),
        (f"{LINE}verified_by: A. Nurse\n", "4:14", "verified_by says who, but not when"),
        (f"{CLINIC}source: page\n", "2:9", "source is said of a number that each clinic's file gives"),
        (f"{CLINIC}emergency: true\n", "2:12", "emergency is said of a number that each clinic's file gives"),
        ("from: hospital\n", "1:7", "from is the text 'hospital'"),
        ("code: '98'\nregion: US\nsource: page\n", "1:7", "code is '98', which is not a short code"),
        (
            "code: 988\nregion: US\nsource: page\n",
            "1:7",
            "code is the number 988 where text is wanted; put it in quotes",
        ),
        ("code: '988'\nregion: us\nsource: page\n", "2:9", "region is 'us', which is not a country"),
        (f"{LINE}extension: x12\n", "4:12", "extension is 'x12', which is not an extension"),
        ("system: url\naddress: https://ejemplo.es/día\nsource: page\n", "2:10", "which is not an address that every"),
        ("system: fax\nsource: page\n", "1:9", "system is the text 'fax', which is not allowed here"),
        (f"{CODE}form: clinic\n", "4:1", "the file has the unknown key 'form'; did you mean 'from'?"),
    ],
)
def test_what_cannot_be_is_told_at_its_key(text: str, place: str, message: str) -> None:
    (line,) = problems(text)
    assert line.startswith(f"{place}: SCHEMA")
    assert message in line


def test_all_that_is_wrong_with_a_contact_comes_at_once() -> None:
    found = problems("code: '988'\naddress: https://example.org\nbody: x\nsource: page\n")
    assert [line.split(": ")[0] for line in found] == ["1:7", "2:10", "2:10", "3:7"]


def test_a_key_that_is_a_word_of_python_keeps_its_name_in_places() -> None:
    assert (("from",), "clinic") in list(leaves(contact(CLINIC)))


Keys = dict[str, Any]


def _sms(way: Keys, body: Keys) -> Keys:
    return {**way, **body, "system": "sms"}


def _page(host: str, rest: str) -> Keys:
    return {"system": "url", "address": f"https://{host}{rest}"}


NUMBERS = st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)
CODES = st.fixed_dictionaries(
    {"code": st.from_regex(r"[0-9]{3,6}", fullmatch=True), "region": st.sampled_from(["US", "ES", "GB", "TK"])}
)
BODIES = st.text(min_size=1, max_size=200).filter(lambda text: text.isprintable() and text.strip() != "")
EXTENSIONS = {"extension": st.from_regex(r"[0-9]{1,7}", fullmatch=True)}
HOSTS = st.from_regex(r"[a-z0-9-]{1,20}(\.[a-z0-9-]{1,20}){1,3}(:[0-9]{1,4})?", fullmatch=True)
RESTS = st.from_regex(r"([/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]{0,100})?", fullmatch=True)
CALLED = st.one_of(st.fixed_dictionaries({"dial": NUMBERS}, optional=EXTENSIONS), CODES)
WRITTEN = st.builds(
    _sms,
    st.one_of(st.fixed_dictionaries({"dial": NUMBERS}), CODES),
    st.fixed_dictionaries({}, optional={"body": BODIES}),
)


@given(st.one_of(CALLED, WRITTEN, st.builds(_page, HOSTS, RESTS)))
def test_a_link_leads_to_what_was_written(keys: Keys) -> None:
    found: Contact = fit({**keys, "source": "page"}, Contact)
    href = found.href()
    assert href.isascii() and href.isprintable() and " " not in href
    scheme, _, rest = href.partition(":")
    parts = urlsplit(href)
    if found.system == "url":
        assert (scheme, parts.geturl().rstrip("?#")) == ("https", str(found.address).rstrip("?#"))
        return
    number = found.dial or found.code
    if found.system == "sms":
        assert (scheme, parts.path) == ("sms", number)
        assert parts.query.partition("body=")[2] == rest.partition("?body=")[2]
        assert unquote(parts.query.removeprefix("body=")) == (found.body or "")
    else:
        assert scheme == "tel"
        assert parts.path.split(";ext=") == [number, *([found.extension] if found.extension else [])]
    assert (parts.netloc, parts.fragment) == ("", "")


@given(st.from_regex(r"[2-9][0-9]{9}", fullmatch=True), st.sets(st.integers(0, 9)), st.text("ABCXYZ", max_size=3))
def test_the_digits_of_a_word_are_those_that_are_dialled(number: str, spelled: set[int], past: str) -> None:
    keys = {"2": "C", "3": "d", "4": "G", "5": "L", "6": "m", "7": "S", "8": "T", "9": "z"}
    letters = [keys.get(digit, digit) if at in spelled else digit for at, digit in enumerate(number)]
    # A word runs on behind the last digit only where it is spelled.
    beyond = past if letters[-1].isalpha() else ""
    shown = f"({''.join(letters[:3])}) {''.join(letters[3:6])}-{''.join(letters[6:])}{beyond}"
    found = fit({"dial": f"+1{number}", "shown": shown, "source": "page"}, Contact)
    assert found.digits() == f"({number[:3]}) {number[3:6]}-{number[6:]}"
    assert keypad_digits(found.digits()) == number
