"""Counts the syllables of an English word by rule: vowel groups, then what spelling hides or adds.

Exceptions, which no rule can know, stand in `templates/plain/en.yaml` and are looked up before these rules.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FIRST_PARTS = {"some": 1, "any": 2, "every": 2, "there": 1, "more": 1, "care": 1}
"""Words that begin compounds, where their last e is not a vowel of its own ("every" is said in two)."""

_LAST_PARTS = (
    "ment", "ments", "ness", "less", "ful", "fully", "ly", "some", "where", "thing", "things", "time", "times", "body",
    "ship", "hood", "line", "lines", "place", "side", "style", "work", "land", "way", "day", "house", "ground", "man",
    "men", "ward", "self", "stone", "like", "name", "life", "ball", "fore", "hold", "keeping", "keeper", "taker",
    "taking", "giver", "giving", "mate", "let", "lets",
)  # fmt: skip
"""Endings before which a silent e may stand: "treat-ment" needs no care, "state-ment" does."""

_VOWELS = re.compile(r"[aeiouy]+")
_CONSONANT_Y = re.compile(r"(?<=[aeiou])y(?=[aeiou])|^y(?=[aeiou])")
_SPOKEN_LE = r"[^aeiouylr]l"
_SILENT_E = re.compile(rf"(?:[^aeiouy]|[gq]u)e$(?<!{_SPOKEN_LE}e)")
_SILENT_ES = re.compile(rf"(?:[^aeiouy]|[gq]u)es$(?<![sxzcg]es)(?<![cs]hes)(?<!{_SPOKEN_LE}es)")
_SILENT_ED = re.compile(r"[^aeiouytd]ed$(?<![^aeiouylr][lr]ed)")
_SAID_APART = tuple(
    re.compile(pattern)
    for pattern in (
        # dial, bacteria, period; not special, question, marriage, familiar
        r"(?<![cstxhg])i(?:a(?!n|ge|r$|rs$)|o(?!n|r$|rs$|u))",
        # guardian, alliance, priority, champion, previous, initiate, enthusiasm
        r"(?<![cstghl])ian|(?<=l)ian(?=ce)|(?<=[rdp])iar|(?<=[rtd])ior|(?<![cstghnlxh])ion|^[lp]ion|(?<![ctgxa])ious",
        r"(?<=[sc])iat[ei]|(?<=t)iat(?=i|e)|(?<=s)ias[tm]|(?<=ch)iat",
        # medium, actual, continuous, video; diet, convenience, carrier, science
        r"iu(?=m|s)|(?<![qg])ua(?=l|t|r(?!d|y|n)|nc)|(?<=[^aeioqg])uou|(?<![aeioug])eo(?!p|ff|us$)(?!n$)",
        r"ie(?=t(?!n)|ty)|(?<=[lnrvdp])ien(?=[ct])|(?<=[a-z][a-z])ie(?=rs?$|st$)|^sci(?=e)",
        # going, egoism, continuity, create, react; fluent, poem, cooperate, museum, chaos
        r"(?<=[aeou])i(?=ng|sm)|(?<=[^q]u)i(?=t[iy])|^crea(?=t(?!u))|^recrea|^rea(?=ct|ss|pp|li[gnstz])",
        r"(?<![gqo])ue(?=l$|ls$|n[ct])|oe(?=[mt]|li)|^co(?=o[rp]|inc)|^geo(?!rg)|eu(?=ms?$)|ao(?=[st])",
        # trying, player, rhythm, realism
        r"(?<=[^aeiouq])y(?=i|er|a|o)|[st]hm|[ai]sms?$",
    )
)
"""Vowels that stand together and are said in two syllables, and syllables without a written vowel."""


@lru_cache(maxsize=4096)
def count_english(word: str) -> int:
    """Syllables of one word in lower case, at least 1."""
    for first, syllables in _FIRST_PARTS.items():
        rest = word.removeprefix(first)
        if rest != word and len(rest) >= 3 and _VOWELS.search(rest) and not rest.startswith("r"):
            return syllables + count_english(rest)
    for last in _LAST_PARTS:
        stem = word.removesuffix(last)
        if stem != word and len(stem) >= 3 and stem.endswith("e") and _VOWELS.search(stem):
            return count_english(stem) + count_english(last)
    if word.endswith("ically"):
        return count_english(word[:-4]) + 1
    bare = _CONSONANT_Y.sub("j", word)
    count = len(_VOWELS.findall(bare)) + sum(len(pattern.findall(bare)) for pattern in _SAID_APART)
    if any(ending.search(bare) for ending in (_SILENT_E, _SILENT_ES, _SILENT_ED)):
        count -= 1
    return max(1, count)
