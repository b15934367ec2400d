"""Contacts as documents print them: one of a topic and its locale in; its number, code or address as text out.

Words name what no clinic changes; templates also learn of a contact that is the clinic's own (`Context.contacts`).
"""

from __future__ import annotations

from msgspec import Struct

from handouts.by_identity import by_identity
from handouts.compose.fill import fixed_word
from handouts.compose.plain import PlainGroup, PlainRecord, Unsayable
from handouts.model.contact import Contact
from handouts.model.locale import Locale
from handouts.model.topic import Topic
from handouts.model.words import Words

LONG_NUMBER = 15
"""Characters after which a number takes more room than there is for it beside its code."""


class Printed(Struct, frozen=True):
    """A contact in the three ways in which it is read, each with its extension."""

    text: str
    spelled: str
    digits: str

    @property
    def lettered(self) -> bool:
        """Whether letters stand for some of its digits."""
        return self.digits != self.text

    @property
    def dialed(self) -> str:
        """What to dial, without letters."""
        return self.digits if self.lettered else self.spelled

    @property
    def is_long(self) -> bool:
        """Whether what to dial is long."""
        return len(self.dialed) > LONG_NUMBER


@by_identity(256)
def printed(contact: Contact, locale: Locale) -> Printed:
    """A contact with its extension in the language's words; nothing of one whose number its clinic's file gives."""
    extension = f" {fixed_word(locale, 'extension', extension=contact.extension)}" if contact.extension else ""
    return Printed(*(f"{one}{extension}" for one in (contact.text(), contact.spelled(), contact.digits())))


def contacts_in_words(topic: Topic, words: Words, locale: Locale) -> PlainGroup:
    """What words can name of each contact; `{{ contacts.unit }}` itself prints its text."""
    return PlainGroup({key: _in_words(key, one, words, locale) for key, one in topic.contacts.items()})


def _in_words(key: str, contact: Contact, words: Words, locale: Locale) -> PlainRecord | Unsayable:
    if contact.from_:
        return Unsayable(
            "is each clinic's own number, so that it changes from clinic to clinic",
            "write 'your clinic' or the like; templates print its number",
        )
    said, called = printed(contact, locale), words.contacts.get(key)
    fields = {"name": called.name if called else None, "spelled": said.spelled, "digits": said.digits}
    return PlainRecord(fields, said.text)
