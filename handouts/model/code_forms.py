"""The forms of clinical codes: a system and a code as it was written in; what is wrong with it, or its plain form, out.

Forms are all that can be judged without the systems' tables, which are large, change by the month and are not ours to
give away. A check digit finds a slip of one digit, and two that changed places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct

CodeSystem = Literal["rxnorm", "ndc", "icd10cm", "snomed", "loinc"]


class System(Struct, frozen=True):
    """A code system: its name for people, its OID (HL7 v3, Infobutton), its address in FHIR, and a code as example."""

    name: str
    oid: str
    uri: str
    example: str


SYSTEMS: Mapping[CodeSystem, System] = {
    "rxnorm": System("RxNorm", "2.16.840.1.113883.6.88", "http://www.nlm.nih.gov/research/umls/rxnorm", "1191"),
    "ndc": System("NDC", "2.16.840.1.113883.6.69", "http://hl7.org/fhir/sid/ndc", "0002-1433-80"),
    "icd10cm": System("ICD-10-CM", "2.16.840.1.113883.6.90", "http://hl7.org/fhir/sid/icd-10-cm", "E11.9"),
    "snomed": System("SNOMED CT", "2.16.840.1.113883.6.96", "http://snomed.info/sct", "44054006"),
    "loinc": System("LOINC", "2.16.840.1.113883.6.1", "http://loinc.org", "4548-4"),
}
"""OIDs as HL7's registry has them, addresses as FHIR's terminology page lists them."""

_RXNORM = re.compile(r"[1-9][0-9]{0,7}")
_NDC_PARTS = ((4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2), (4, 4), (5, 3), (5, 4))
"""Digits of labeler, product and package: three forms of ten (FDA), the one of eleven that is billed by (HIPAA), and
products without their package.
"""
_ICD = re.compile(r"[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?")
_SEVENTH = frozenset("0123456789ABCDEFGHJKMNPQRS")
"""What ICD-10-CM has as a seventh character: encounters, kinds of fracture, fetuses, stages."""
_INJURIES = "ST"
"""Chapters in which the seventh character is a letter: which encounter for the injury or poisoning it is."""
_DIGITS = str.maketrans("OI", "01")
"""Letters that ICD-10-CM has as a chapter's alone, and the digits that look like them."""
_SNOMED = re.compile(r"[1-9][0-9]{5,17}")
_PARTITIONS = {"01": "a description", "11": "a description", "02": "a relationship", "12": "a relationship"}
_LOINC = re.compile(r"([1-9][0-9]{0,6})-([0-9])")


def fault(system: CodeSystem, code: str) -> str | None:
    """What is wrong with the form of a code, as a sentence from its verb on, and after "; " what to write instead."""
    found = _FAULTS[system](code)
    if found is None:
        return None
    for other, about in SYSTEMS.items():
        # Nearly any digits may be a code of RxNorm.
        if other not in (system, "rxnorm") and _FAULTS[other](code) is None:
            return f"{found}; if it is a code of {about.name}, write 'system: {other}'"
    return found


def plain(system: CodeSystem, code: str) -> str:
    """The one spelling that all spellings of a sound code have in common: ICD-10-CM without its dot, an NDC as eleven
    digits, or nine without its package.
    """
    if system == "ndc":
        parts = code.split("-")
        return "".join(part.zfill(size) for part, size in zip(parts, (5, 4, 2), strict=False)) if "-" in code else code
    return code.replace(".", "").upper() if system == "icd10cm" else code


def readings(system: CodeSystem, code: str) -> tuple[str, ...]:
    """What a code from elsewhere may mean, in plain form; ten digits of an NDC without hyphens are three; () for none.

    Systems of records write codes in capitals or not, with the dot of ICD-10-CM or without, and an NDC in each form.
    """
    text = code.strip().upper()
    if system == "icd10cm" and "." not in text and len(text) > 3:
        text = f"{text[:3]}.{text[3:]}"
    if system == "ndc" and re.fullmatch(r"[0-9]{10}", text):
        return tuple(dict.fromkeys(plain("ndc", one) for one in _hyphenated(text)))
    return () if _FAULTS[system](text) is not None else (plain(system, text),)


def covers(system: CodeSystem, own: str, asked: str) -> bool:
    """Whether what has a code is about what was asked for, both in plain form.

    A category of ICD-10-CM is of all codes below it, and the NDC of a product of all its packages, whichever of the
    two names the package.
    """
    if system == "icd10cm":
        return asked.startswith(own)
    if system == "ndc" and 9 in (len(own), len(asked)):
        return own[:9] == asked[:9]
    return own == asked


def _rxnorm(code: str) -> str | None:
    if _RXNORM.fullmatch(code):
        return None
    found = re.fullmatch(r"(?:rx[a-z]*)?[\s:#_-]*0*([1-9][0-9]{0,7})", code, re.IGNORECASE)
    instead = f"write '{found[1]}'" if found else "write its digits alone, like '1191'"
    return f"is '{code}', which is no RxNorm code (RxCUI: up to eight digits, the first not 0); {instead}"


def _ndc(code: str) -> str | None:
    if re.fullmatch(r"[0-9]{11}", code):
        return None
    if re.fullmatch(r"[0-9]{10}", code):
        first, second, third = _hyphenated(code)
        ways = f"'{first}', '{second}' or '{third}'"
        return f"is '{code}', ten digits that three NDCs may have; write its hyphens: {ways}"
    if re.fullmatch(r"[0-9]+(-[0-9]+)*", code):
        sizes = tuple(len(part) for part in code.split("-"))
        if sizes in _NDC_PARTS:
            return None
        digits = "-".join(map(str, sizes))
        forms = "4-4-2, 5-3-2, 5-4-1 or 5-4-2 for a package; 4-4, 5-3 or 5-4 for a product"
        return f"is '{code}', whose digits ({digits}) are not those of an NDC; write it as the label has it: {forms}"
    return f"is '{code}', which is no NDC; write its digits with their hyphens, like '0002-1433-80'"


def _hyphenated(digits: str) -> tuple[str, str, str]:
    """The NDCs that ten digits may be."""
    first, second, third = (f"{digits[:a]}-{digits[a : a + b]}-{digits[a + b :]}" for a, b in ((4, 4), (5, 3), (5, 4)))
    return first, second, third


def _icd10cm(code: str) -> str | None:
    bare = re.sub(r"[^0-9A-Z]", "", code.upper())
    dotted = _dotted(bare)
    digits = _dotted(bare[:1] + bare[1:].translate(_DIGITS))
    if digits != dotted and _ICD.fullmatch(digits):
        return (
            f"is '{code}', with the letter O or I behind the first place, where ICD-10-CM has neither; write '{digits}'"
        )
    is_code = _ICD.fullmatch(dotted) is not None
    if not is_code:
        form = "a letter, a digit, a digit (or A, B), then a dot and up to four characters"
        return f"is '{code}', which is no ICD-10-CM code ({form}); write it like 'E11.9'"
    if code != dotted:
        return f"is '{code}', which is not how ICD-10-CM writes it; write '{dotted}'"
    seventh = bare[6:]
    if not seventh and len(bare) > 4 and bare.endswith("X"):
        return f"is '{code}', which ends in a placeholder X; add its seventh character, like '{dotted.ljust(7, 'X')}A'"
    if seventh and (seventh not in _SEVENTH or (bare[0] in _INJURIES and seventh.isdigit())):
        wanted = "a letter such as A, D or S" if bare[0] in _INJURIES else "a digit or a letter such as A, D or S"
        return f"is '{code}', whose seventh character is {seventh}; write {wanted} there"
    return None


def _dotted(bare: str) -> str:
    return bare[:3] + (f".{bare[3:]}" if len(bare) > 3 else "")


def _snomed(code: str) -> str | None:
    if not _SNOMED.fullmatch(code):
        return f"is '{code}', which is no SNOMED CT code; write 6 to 18 digits, the first not 0, like '44054006'"
    if _verhoeff(code):
        right = next(digit for digit in "0123456789" if not _verhoeff(code[:-1] + digit))
        slip = "so that at least one digit is wrong"
        return f"is '{code}', whose check digit would be {right}, {slip}; look it up again, and copy all of it"
    what = _PARTITIONS.get(code[-3:-1])
    if what:
        return (
            f"is '{code}', the id of {what} (third and second digit from the end: {code[-3:-1]}); write its concept's"
        )
    if code[-3:-1] not in ("00", "10"):
        return f"is '{code}', which is no id of a concept; look it up again, and copy the concept's"
    return None


def _loinc(code: str) -> str | None:
    found = _LOINC.fullmatch(code)
    if not found:
        return f"is '{code}', which is no LOINC code; write its number, a hyphen and its check digit, like '4548-4'"
    right = _luhn(found[1])
    if found[2] != right:
        slip = "so that at least one digit is wrong"
        return f"is '{code}', whose check digit would be {right}, {slip}; look it up again, and copy all of it"
    return None


def _luhn(digits: str) -> str:
    """The check digit of a LOINC number (LOINC Users' Guide, appendix C: mod 10)."""
    doubled = (int(one) * (2 if index % 2 == 0 else 1) for index, one in enumerate(reversed(digits)))
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


_TURN = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""Verhoeff's permutation, used once more for each place from the right."""


def _verhoeff(code: str) -> int:
    """0 where the check digit fits (SNOMED CT Release File Specification, 5.4: Verhoeff's dihedral check)."""
    sum_, digits = 0, [int(one) for one in reversed(code)]
    for place, digit in enumerate(digits):
        turned = digit
        for _ in range(place % 8):
            turned = _TURN[turned]
        sum_ = _joined(sum_, turned)
    return sum_


def _joined(one: int, other: int) -> int:
    """The product of two of the ten movements of a pentagon: 0 to 4 turn it, 5 to 9 turn it over."""
    if one < 5:
        return (one + other) % 5 + (5 if other >= 5 else 0)
    return (one - other) % 5 + (0 if other >= 5 else 5)


_FAULTS: Mapping[CodeSystem, Callable[[str], str | None]] = {
    "rxnorm": _rxnorm,
    "ndc": _ndc,
    "icd10cm": _icd10cm,
    "snomed": _snomed,
    "loinc": _loinc,
}
