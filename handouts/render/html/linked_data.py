"""What search engines and portals read of a page: a handout's meta in, JSON-LD in the words of schema.org out.

`reviewedBy` and `lastReviewed` stand there only where a clinician signed off just these words.
"""

from __future__ import annotations

import json
from typing import Any

from handouts.plan.documents import About, Meta
from handouts.render.html.text import safe

TYPES = {
    "medicine": "Drug", "vaccine": "Drug", "procedure": "MedicalProcedure", "test": "MedicalTest",
    "condition": "MedicalCondition", "device": "MedicalDevice", "care_plan": "MedicalTherapy",
}  # fmt: skip
"""Kind of subject → schema.org's type; it has none for vaccines but that of drugs."""


def linked_data(meta: Meta) -> str:
    """The text of a `script` of type `application/ld+json`: no character in it can end that element."""
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": meta.title,
        "description": meta.subject,
        "inLanguage": meta.language,
        "dateModified": meta.date,
        "version": meta.date,
        "creativeWorkStatus": "Draft" if meta.reviewer is None else "Published",
        "isAccessibleForFree": True,
        "audience": {"@type": "Patient", "audienceType": "Patient"},
    }
    if meta.about:
        page["about"] = _about(meta.about)
    if meta.clinic_file:
        page |= {"publisher": _clinic(meta), "author": _clinic(meta)}
    if meta.reviewer and meta.review_state == "approved":
        page["lastReviewed"] = meta.reviewer.on
        page["reviewedBy"] = {"@type": "Person", "name": meta.reviewer.name, "jobTitle": meta.reviewer.role}
    text = json.dumps(_cleaned(page), ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _about(about: About) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": TYPES[about.kind], "name": about.name}
    if TYPES[about.kind] == "Drug":
        found["nonProprietaryName"] = about.name
        if about.brand:
            found["proprietaryName"] = about.brand
        others = [about.code_name] if about.code_name else []
    else:
        others = [name for name in (about.brand, about.code_name) if name]
    if others:
        found["alternateName"] = others
    if about.maker and TYPES[about.kind] == "Drug":
        # Schema.org's MedicalDevice has no maker.
        found["manufacturer"] = {"@type": "Organization", "name": about.maker}
    return found


def _clinic(meta: Meta) -> dict[str, Any]:
    clinic: dict[str, Any] = {"@type": "MedicalOrganization", "name": meta.author}
    if meta.clinic_phone:
        clinic["telephone"] = meta.clinic_phone
    return clinic


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list) else value
