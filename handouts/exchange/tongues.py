"""Languages as records of patients name them: codes and names in, tags as files have them and names in English out."""

from __future__ import annotations

import re

_NAMES = {
    "am": "Amharic", "ar": "Arabic", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hmn": "Hmong", "hr": "Croatian", "ht": "Haitian Creole",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "km": "Khmer",
    "ko": "Korean", "ku": "Kurdish", "lo": "Lao", "my": "Burmese", "nb": "Norwegian Bokmål", "ne": "Nepali",
    "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "ti": "Tigrinya", "tl": "Tagalog", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "yi": "Yiddish", "zh": "Chinese",
}  # fmt: skip
_THREE = {
    "amh": "am", "ara": "ar", "ben": "bn", "bos": "bs", "cat": "ca", "ces": "cs", "cze": "cs", "dan": "da", "deu": "de",
    "ger": "de", "ell": "el", "gre": "el", "eng": "en", "spa": "es", "fas": "fa", "per": "fa", "fin": "fi", "fra": "fr",
    "fre": "fr", "guj": "gu", "heb": "he", "hin": "hi", "hrv": "hr", "hat": "ht", "hun": "hu", "hye": "hy", "arm": "hy",
    "ind": "id", "ita": "it", "jpn": "ja", "khm": "km", "kor": "ko", "kur": "ku", "lao": "lo", "mya": "my", "bur": "my",
    "nob": "nb", "nep": "ne", "nld": "nl", "dut": "nl", "nor": "no", "pan": "pa", "pol": "pl", "pus": "ps", "por": "pt",
    "ron": "ro", "rum": "ro", "rus": "ru", "som": "so", "sqi": "sq", "alb": "sq", "srp": "sr", "swe": "sv", "swa": "sw",
    "tam": "ta", "tel": "te", "tha": "th", "tir": "ti", "tgl": "tl", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi",
    "yid": "yi", "zho": "zh", "chi": "zh",
    # MedlinePlus Connect's first edition had this for Spanish, and clients still send it.
    "sp": "es",
}  # fmt: skip
"""Languages that ISO 639-1 has too, by their codes in ISO 639-2."""
_BY_NAME = {name.lower(): tag for tag, name in _NAMES.items()}
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,4}")


def tag_of(text: str) -> str | None:
    """The tag (RFC 5646) that a record means by `es`, `es_MX`, `SPA` or `Spanish`, in small letters; None for none."""
    given = text.strip().lower().replace("_", "-")
    first, _, rest = given.partition("-")
    if given in _BY_NAME:
        return _BY_NAME[given]
    tag = "-".join(part for part in (_THREE.get(first, first), rest) if part)
    return tag if _TAG.fullmatch(tag) else None


def in_english(tag: str) -> str:
    """`Spanish (es-MX)`; the tag alone of a language that is not listed."""
    name = _NAMES.get(tag.partition("-")[0].lower())
    return f"{name} ({tag})" if name else tag
