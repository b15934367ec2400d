"""The plural rules of all languages of CLDR. Written by scripts/plural_rules.py; not to be edited.

From npm's cldr-core 48.2.0, Copyright © 2004-2026 Unicode, Inc., under the Unicode License v3
(docs/licences/unicode.txt).
"""

from __future__ import annotations

from collections.abc import Mapping

from handouts.model.plurals import PluralRules

_ALIKE: Mapping[str, PluralRules] = {
    "af an bg eu nb no": PluralRules({"one": "n = 1"}, ("one", "other"), ("one",), {("other", "one"): "other"}),
    "ak": PluralRules({"one": "n = 0..1"}, ("one", "other"), (), {("one", "one"): "other"}),
    "am as bn doi gu hi kn kok kok-Latn zu": PluralRules({"one": "i = 0 or n = 1"}, ("one", "other"), (), {}),
    "ar": PluralRules(
        {"zero": "n = 0", "one": "n = 1", "two": "n = 2", "few": "n % 100 = 3..10", "many": "n % 100 = 11..99"},
        ("zero", "one", "two", "few", "many", "other"),
        ("zero", "one", "two"),
        {
            ("one", "two"): "other",
            ("other", "one"): "other",
            ("other", "two"): "other",
            ("zero", "one"): "zero",
            ("zero", "two"): "zero",
        },
    ),
    "ars": PluralRules(
        {"zero": "n = 0", "one": "n = 1", "two": "n = 2", "few": "n % 100 = 3..10", "many": "n % 100 = 11..99"},
        ("zero", "one", "two", "few", "many", "other"),
        ("zero", "one", "two"),
        {},
    ),
    "asa az bal bem bez brx ce cgg chr ckb dv ee el eo fo fur gsw ha haw hu jgo jmc kaj kcg kk kkj kl ks ksb ku ky lb lg mas mgo ml mn mr nah nd ne nn nnh nr ny nyn om os pap ps rm rof rwk saq sdh seh sn so sq ss ssy st syr ta te teo tig tk tn tr ts ug uz ve vo vun wae xh xog": PluralRules(
        {"one": "n = 1"}, ("one", "other"), ("one",), {}
    ),
    "ast de fy gl ie lij nl sc sw yi": PluralRules({"one": "i = 1 and v = 0"}, ("one", "other"), ("one",), {}),
    "be": PluralRules(
        {
            "one": "n % 10 = 1 and n % 100 != 11",
            "few": "n % 10 = 2..4 and n % 100 != 12..14",
            "many": "n % 10 = 0 or n % 10 = 5..9 or n % 100 = 11..14",
        },
        ("one", "few", "many", "other"),
        (),
        {},
    ),
    "bho csw guw ln mg nso pa ti wa": PluralRules({"one": "n = 0..1"}, ("one", "other"), (), {}),
    "blo cv ksh": PluralRules({"zero": "n = 0", "one": "n = 1"}, ("zero", "one", "other"), ("zero", "one"), {}),
    "bm bo dz hnj id ig ii ja jbo jv jw kde kea km ko lkt lo ms my nqo osa sah ses sg su th to tpi und vi wo yo yue zh": PluralRules(
        {}, ("other",), (), {}
    ),
    "br": PluralRules(
        {
            "one": "n % 10 = 1 and n % 100 != 11,71,91",
            "two": "n % 10 = 2 and n % 100 != 12,72,92",
            "few": "n % 10 = 3..4,9 and n % 100 != 10..19,70..79,90..99",
            "many": "n != 0 and n % 1000000 = 0",
        },
        ("one", "two", "few", "other"),
        (),
        {},
    ),
    "bs hr sh sr": PluralRules(
        {
            "one": "v = 0 and i % 10 = 1 and i % 100 != 11 or f % 10 = 1 and f % 100 != 11",
            "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14 or f % 10 = 2..4 and f % 100 != 12..14",
        },
        ("one", "few", "other"),
        (),
        {},
    ),
    "ca": PluralRules(
        {"one": "i = 1 and v = 0", "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"},
        ("one", "other"),
        ("one",),
        {("other", "one"): "other"},
    ),
    "ceb fil tl": PluralRules(
        {"one": "v = 0 and i = 1,2,3 or v = 0 and i % 10 != 4,6,9 or v != 0 and f % 10 != 4,6,9"},
        ("one", "other"),
        (),
        {},
    ),
    "cs sk": PluralRules(
        {"one": "i = 1 and v = 0", "few": "i = 2..4 and v = 0", "many": "v != 0"},
        ("one", "few", "many", "other"),
        ("one",),
        {},
    ),
    "cy": PluralRules(
        {"zero": "n = 0", "one": "n = 1", "two": "n = 2", "few": "n = 3", "many": "n = 6"},
        ("zero", "one", "two", "few", "many", "other"),
        ("zero", "one", "two", "few", "many"),
        {},
    ),
    "da": PluralRules({"one": "n = 1 or t != 0 and i = 0,1"}, ("one", "other"), (), {}),
    "dsb hsb": PluralRules(
        {
            "one": "v = 0 and i % 100 = 1 or f % 100 = 1",
            "two": "v = 0 and i % 100 = 2 or f % 100 = 2",
            "few": "v = 0 and i % 100 = 3..4 or f % 100 = 3..4",
        },
        ("one", "two", "few", "other"),
        (),
        {},
    ),
    "en et fi ia io sv ur": PluralRules(
        {"one": "i = 1 and v = 0"}, ("one", "other"), ("one",), {("other", "one"): "other"}
    ),
    "es": PluralRules(
        {"one": "n = 1", "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"},
        ("one", "other"),
        ("one",),
        {("other", "one"): "other"},
    ),
    "fa": PluralRules({"one": "i = 0 or n = 1"}, ("one", "other"), (), {("one", "one"): "other"}),
    "ff hy kab": PluralRules({"one": "i = 0,1"}, ("one", "other"), (), {}),
    "fr": PluralRules(
        {"one": "i = 0,1", "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"},
        ("one", "other"),
        (),
        {},
    ),
    "ga": PluralRules(
        {"one": "n = 1", "two": "n = 2", "few": "n = 3..6", "many": "n = 7..10"},
        ("one", "two", "few", "many", "other"),
        ("one", "two"),
        {},
    ),
    "gd": PluralRules(
        {"one": "n = 1,11", "two": "n = 2,12", "few": "n = 3..10,13..19"}, ("one", "two", "few", "other"), (), {}
    ),
    "gv": PluralRules(
        {
            "one": "v = 0 and i % 10 = 1",
            "two": "v = 0 and i % 10 = 2",
            "few": "v = 0 and i % 100 = 0,20,40,60,80",
            "many": "v != 0",
        },
        ("one", "two", "few", "many", "other"),
        (),
        {},
    ),
    "he": PluralRules(
        {"one": "i = 1 and v = 0 or i = 0 and v != 0", "two": "i = 2 and v = 0"},
        ("one", "two", "other"),
        ("two",),
        {("one", "two"): "other", ("other", "one"): "other", ("other", "two"): "other"},
    ),
    "is": PluralRules(
        {"one": "t = 0 and i % 10 = 1 and i % 100 != 11 or t % 10 = 1 and t % 100 != 11"}, ("one", "other"), (), {}
    ),
    "it lld pt-PT scn vec": PluralRules(
        {"one": "i = 1 and v = 0", "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"},
        ("one", "other"),
        ("one",),
        {},
    ),
    "iu naq sat se sma smi smj smn sms": PluralRules(
        {"one": "n = 1", "two": "n = 2"}, ("one", "two", "other"), ("one", "two"), {}
    ),
    "ka": PluralRules(
        {"one": "n = 1"}, ("one", "other"), ("one",), {("one", "other"): "one", ("other", "one"): "other"}
    ),
    "kw": PluralRules(
        {
            "zero": "n = 0",
            "one": "n = 1",
            "two": "n % 100 = 2,22,42,62,82 or n % 1000 = 0 and n % 100000 = 1000..20000,40000,60000,80000 or n != 0 and n % 1000000 = 100000",
            "few": "n % 100 = 3,23,43,63,83",
            "many": "n != 1 and n % 100 = 1,21,41,61,81",
        },
        ("zero", "one", "two", "few", "many", "other"),
        ("zero", "one"),
        {},
    ),
    "lag": PluralRules({"zero": "n = 0", "one": "i = 0,1 and n != 0"}, ("zero", "one", "other"), ("zero",), {}),
    "lt": PluralRules(
        {"one": "n % 10 = 1 and n % 100 != 11..19", "few": "n % 10 = 2..9 and n % 100 != 11..19", "many": "f != 0"},
        ("one", "few", "many", "other"),
        (),
        {},
    ),
    "lv": PluralRules(
        {
            "zero": "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19",
            "one": "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 or v != 2 and f % 10 = 1",
        },
        ("zero", "one", "other"),
        (),
        {("one", "zero"): "other", ("other", "zero"): "other", ("zero", "zero"): "other"},
    ),
    "mk": PluralRules(
        {"one": "v = 0 and i % 10 = 1 and i % 100 != 11 or f % 10 = 1 and f % 100 != 11"},
        ("one", "other"),
        (),
        {("one", "one"): "other", ("other", "one"): "other"},
    ),
    "mo": PluralRules(
        {"one": "i = 1 and v = 0", "few": "v != 0 or n = 0 or n != 1 and n % 100 = 1..19"},
        ("one", "few", "other"),
        ("one",),
        {},
    ),
    "mt": PluralRules(
        {"one": "n = 1", "two": "n = 2", "few": "n = 0 or n % 100 = 3..10", "many": "n % 100 = 11..19"},
        ("one", "two", "few", "many", "other"),
        ("one", "two"),
        {},
    ),
    "or sd": PluralRules({"one": "n = 1"}, ("one", "other"), ("one",), {("one", "one"): "other"}),
    "pcm": PluralRules({"one": "i = 0 or n = 1"}, ("one", "other"), (), {("other", "one"): "other"}),
    "pl": PluralRules(
        {
            "one": "i = 1 and v = 0",
            "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
            "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14",
        },
        ("one", "few", "many", "other"),
        ("one",),
        {},
    ),
    "prg": PluralRules(
        {
            "zero": "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19",
            "one": "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 or v != 2 and f % 10 = 1",
        },
        ("zero", "one", "other"),
        (),
        {},
    ),
    "pt": PluralRules(
        {"one": "i = 0..1", "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"},
        ("one", "other"),
        (),
        {},
    ),
    "ro": PluralRules(
        {"one": "i = 1 and v = 0", "few": "v != 0 or n = 0 or n != 1 and n % 100 = 1..19"},
        ("one", "few", "other"),
        ("one",),
        {("few", "one"): "few"},
    ),
    "ru uk": PluralRules(
        {
            "one": "v = 0 and i % 10 = 1 and i % 100 != 11",
            "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
            "many": "v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14",
        },
        ("one", "few", "many", "other"),
        (),
        {},
    ),
    "sgs": PluralRules(
        {
            "one": "n % 10 = 1 and n % 100 != 11",
            "two": "n = 2",
            "few": "n != 2 and n % 10 = 2..9 and n % 100 != 11..19",
            "many": "f != 0",
        },
        ("one", "two", "few", "many", "other"),
        ("two",),
        {},
    ),
    "shi": PluralRules({"one": "i = 0 or n = 1", "few": "n = 2..10"}, ("one", "few", "other"), (), {}),
    "si": PluralRules({"one": "n = 0,1 or i = 0 and f = 1"}, ("one", "other"), (), {("other", "one"): "other"}),
    "sl": PluralRules(
        {"one": "v = 0 and i % 100 = 1", "two": "v = 0 and i % 100 = 2", "few": "v = 0 and i % 100 = 3..4 or v != 0"},
        ("one", "two", "few", "other"),
        (),
        {("few", "one"): "few", ("one", "one"): "few", ("other", "one"): "few", ("two", "one"): "few"},
    ),
    "tzm": PluralRules({"one": "n = 0..1 or n = 11..99"}, ("one", "other"), (), {}),
}

RULES: Mapping[str, PluralRules] = {
    language: rules for languages, rules in _ALIKE.items() for language in languages.split()
}
"""By language tag."""
