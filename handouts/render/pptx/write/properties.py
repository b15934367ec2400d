"""What a presentation says of itself, from its plan alone; nothing of the machine."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handouts.plan.documents import Meta
from handouts.render.pptx.template.oxml import legal

_MOST = 255
"""The most characters that a property takes; python-pptx refuses more."""


def describe(core: Any, meta: Meta) -> None:
    """Sets title, subject, author, language and date. Raises ValueError for a date that is not ISO 8601."""
    core.title, core.subject = legal(meta.title)[:_MOST], legal(meta.subject)[:_MOST]
    core.author = core.last_modified_by = legal(meta.author)[:_MOST]
    core.language, core.revision = meta.language, 1
    core.created = core.modified = datetime.fromisoformat(meta.date).replace(tzinfo=None)
