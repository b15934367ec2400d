"""Counts the syllables of an English word by rule: vowel groups, then what spelling hides or adds.

Exceptions, which no rule can know, stand in `templates/plain/en.yaml` and are looked up before these rules.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FIRST_PARTS = {"any": 2, "every": 2} | dict.fromkeys(
    ("bare", "blue", "bone", "bore", "bride", "bridge", "care", "case", "cheese", "eye", "face", "fare", "file",
     "fore", "game", "gate", "grape", "grave", "guide", "hedge", "home", "hope", "horse", "house", "ice", "lake",
     "life", "like", "line", "live", "love", "luke", "make", "more", "name", "nine", "nose", "note", "pace",
     "peace", "phone", "pipe", "race", "rule", "safe", "sale", "scape", "score", "share", "side", "skate", "smoke",
     "snake", "some", "space", "spoke", "stake", "state", "stone", "store", "take", "there", "time", "trade",
     "tube", "type", "ware", "wave", "white", "whole", "wide"), 1,
)  # fmt: skip
"""Words that begin compounds, where their last e is not a vowel of its own ("every" is said in two)."""

_FIRST_SIZES = sorted({len(first) for first in _FIRST_PARTS})

_NO_PART = re.compile(
    r"[aeiou](?!nes?$|ver|uts?$|ld)|r|n(?:s|ing|ed)|ver|st(?:ry|er|ed)|ties?$|t(?:ed|ing)$|l(?:ed|ing)$"
)
"""What behind such a word shows that it only looks like one: forensic, forestry, forever, nineties, likening."""

_LAST_PARTS = (
    "ment", "ments", "ness", "less", "ful", "fully", "ly", "some", "where", "thing", "things", "time", "times",
    "body", "ship", "hood", "line", "lines", "place", "side", "style", "work", "land", "way", "day", "house",
    "ground", "man", "men", "ward", "self", "stone", "like", "name", "life", "ball", "fore", "hold", "keeping",
    "keeper", "taker", "taking", "giver", "giving", "mate", "let", "lets", "by", "wise", "hand", "liness", "lier",
    "liest", "lihood", "made", "town", "field", "water", "works", "balls", "lessly", "fulness", "lessness",
)  # fmt: skip
"""Endings before which a silent e may stand: "treat-ment" needs no care, "state-ment" does."""

_CONTRACTED = re.compile(r"(?:[sd]nt|(?:gh|s)tnt|[dt]ve|[^e]tll|td)$")
"""Contractions without their apostrophe that are said in a syllable of their own: isn't, would've, that'll, it'd."""

_VOWELS = re.compile(r"[aeiouy]+")
_CONSONANT_Y = re.compile(r"(?<=[aeiou])y(?=[aeiou])|^y(?=[aeiou])|y(?=ards?$)")
_SPOKEN_LE = r"[^aeiouylr]l"
_SILENT_E = re.compile(rf"(?:[^aeiouy]|[gq]u)e$(?<!{_SPOKEN_LE}e)")
_SILENT_ES = re.compile(rf"(?:[^aeiouy]|[gq]u)es$(?<![sxzcg]es)(?<![cs]hes)(?<!{_SPOKEN_LE}es)|(?:^|[dhkr])aches$")
_SILENT_ED = re.compile(r"(?:[^aeiouytd]|[gq]u)ed$(?<![^aeiouylrw][lr]ed)")
_SAID_APART = tuple(
    re.compile(pattern)
    for pattern in (
        # dial, bacteria, period; not special, question, marriage, familiar
        r"(?<![cstxhg])i(?:a(?!n|ge|r$|rs$)|o(?!n|r$|rs$|u))",
        # guardian, alliance, priority, champion, previous, initiate, enthusiasm
        r"(?<![cstghl])ian|(?<=[^l][lr])ian(?=ce|t)|(?<=[rdp])iar|(?<=c)iar(?=y|ies)|(?<=[rtd])ior",
        r"(?<![cstghnlxh])ion|^[lp]ion|(?<![ctgxa])ious",
        r"(?<=[sc])iat[ei]|(?<=t)iat(?=i|e)|(?<=s)ias[tm]|(?<=ch)iat",
        # medium, actual, continuous, video; diet, convenience, carrier, science
        r"iu(?=m|s)|(?<![qg])ua(?=l|t|r(?!d|y|n)|nc)|(?<=[tc])uar(?=y|ies)|(?<=[^aeioq])uou",
        r"(?<=[nd])eous|(?<![aeioug])eo(?!p|ff|us$)(?!n$)",
        r"ie(?=t(?!n)|ty)|(?<=[blnrvdp])ien(?=[ct])|(?<=[a-z][a-z])ie(?=rs?$|st$)|^sci(?=e)",
        # going, egoism, continuity, create, react; fluent, poem, cooperate, museum, chaos
        r"(?<=[aeou])i(?=ng|sm)|(?<=[^q]u)i(?=t[iy])|(?:^|pan|re)crea(?=t(?!u))|^rea(?=ct|ss|pp|li[gnstz])",
        r"(?<![gqo])ue(?=l$|ls$|n[ct])|oe(?=[mt]|li)|^co(?=o[rp]|in[cf])|^geo(?!rg)|eu(?=ms?$)|ao(?=[st])",
        # trying, player, rhythm, realism
        r"(?<=[^aeiouq])y(?=i|er|a|o)|thms?$|[ai]sms?$",
        # reopen, reuse, sociology, gastrointestinal, preoperative, radioactive, readmit, ruined; names such as McCoy
        r"^re(?=i(?!g|n(?:$|s$|d))|o|un|us(?!$))|(?<=[cs])i(?=olog)|(?<=tro)i(?=n)|^preo(?=p)|(?<=di)o(?=a)",
        r"^read(?=[jm])|(?<=^r)ui(?=n)|^mc(?![aeiouy])",
    )
)
"""Vowels that stand together and are said in two syllables, and syllables without a written vowel."""


@lru_cache(maxsize=4096)
def count_english(word: str) -> int:
    """Syllables of one word in lower case, at least 1."""
    for size in _FIRST_SIZES:
        first, rest = word[:size], word[size:]
        if first in _FIRST_PARTS and len(rest) >= 3 and _VOWELS.search(rest) and not _NO_PART.match(rest):
            return _FIRST_PARTS[first] + count_english(rest)
    for last in _LAST_PARTS:
        stem = word.removesuffix(last)
        if stem != word and len(stem) >= 3 and stem.endswith("e") and _VOWELS.search(stem):
            return count_english(stem) + count_english(last)
    if word.endswith("ically"):
        return count_english(word[:-4]) + 1
    if contracted := _CONTRACTED.search(word):
        return count_english(word[: contracted.start() + 1]) + 1
    bare = _CONSONANT_Y.sub("j", word)
    count = len(_VOWELS.findall(bare)) + sum(len(pattern.findall(bare)) for pattern in _SAID_APART)
    if any(ending.search(bare) for ending in (_SILENT_E, _SILENT_ES, _SILENT_ED)):
        count -= 1
    return max(1, count)
