"""What cross-referencing can find: codes of problems, and a name that a topic uses with where it does."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from handouts.model.document import KeyPath


class ReferenceCode(StrEnum):
    """Codes of the problems that cross-referencing can find."""

    UNKNOWN_SOURCE = "REF01"
    """A source id that the topic's `sources` lacks."""
    UNKNOWN_STUDY = "REF02"
    """A study id that the topic's `studies` lacks."""
    NO_WORDS = "REF03"
    """Something of the topic for which a language file has no words."""
    NOTHING_TO_TELL = "REF04"
    """Words for something that the topic lacks; a warning where they may wait for later use."""
    NOT_TOLD = "REF05"
    """A statement with neither words nor values for the readers of a document that is to tell it."""
    RESERVED = "REF06"
    """An id of a study, or of something in it, that `{{ }}` in words already gives another meaning."""
    UNKNOWN_OUTCOME = "REF07"
    """An outcome or harm that another one is `within` or `part_of`, or that a section or statement names, and that its
    study lacks.
    """
    NO_NAME = "REF08"
    """A subject to which neither topic.yaml nor a language file gives a name."""
    UNKNOWN_SECTION = "REF09"
    """A section that a statement or another section names, and that the topic's `sections` lack."""
    NO_PLACE = "REF10"
    """A section, or a statement of one, that no document of the topic has a place for."""
    NO_FILE = "REF11"
    """A picture that has files for other languages alone."""
    UNKNOWN_CONTACT = "REF12"
    """A contact that a section names, and that the topic's `contacts` lack."""
    UNKNOWN_PICTURE = "REF13"
    """A picture that a section names, and that the topic's `pictures` lack."""
    UNKNOWN_ASPECT = "REF14"
    """An aspect of which a section warns, and that none of its statements has."""


class Use(NamedTuple):
    """A name that the topic uses, and where."""

    name: str
    path: KeyPath
