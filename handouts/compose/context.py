"""What templates and words can name: one topic in one language for one clinic and date, as a context of values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from handouts.by_identity import by_identity
from handouts.compose.clinic import clinic_words
from handouts.compose.contacts import contacts_in_words, printed
from handouts.compose.edition import PRODUCT, Edition
from handouts.compose.fill import fill, fixed_word
from handouts.compose.numbers import Formatter
from handouts.compose.phrase import Phrase
from handouts.compose.plain import MISSING, PlainGroup, PlainRecord, plain
from handouts.compose.quantity import Quantity, value_of
from handouts.compose.records import report_record, study_record
from handouts.compose.results import ReportView, ResultView, report_view
from handouts.compose.share import Share
from handouts.compose.word_formats import NumberWords, UnusableValueError
from handouts.compose.wording import fill_words
from handouts.model.base import AsOf, Tally
from handouts.model.contact import Contact
from handouts.model.document import Document, KeyPath
from handouts.model.freshness import is_stale, is_younger, stale_since, to_look_at
from handouts.model.locale import Locale
from handouts.model.phone import dialled
from handouts.model.plural_forms import PLACE, PluralForms
from handouts.model.section import DocumentName, Statement
from handouts.model.topic import Source, Topic
from handouts.model.words import READERS, Words
from handouts.plan.documents import About, Meta, Reviewer, ReviewState, Telling
from handouts.plan.text import squeezed
from handouts.problems import Problem, ProblemsError, error


class _Filled(Struct, frozen=True):
    """What no clinic and no date changes: views of studies, words with numbers, and both as templates see them."""

    views: Mapping[str, ReportView]
    words: Any
    shown: Mapping[str, Any]


def name_of_subject(topic: Topic, words: Words) -> str | None:
    """What a language calls the topic's subject; None where neither file says (`references` tells it)."""
    return words.subject.name if words.subject else topic.subject.name


def values_of(topic: Topic, words: Words, locale: Locale, views: Mapping[str, ReportView]) -> dict[str, Any]:
    """What words can name, as plain values."""
    studies = {key: report_record(view) for key, view in views.items()}
    subject = cast(PlainRecord, plain(topic.subject)).but(name=name_of_subject(topic, words))
    whole = cast(PlainRecord, plain(replace(topic, studies={}))).but(subject=subject, studies=PlainGroup(studies))
    return {
        "subject": subject,
        "contacts": contacts_in_words(topic, words, locale),
        "facts": PlainGroup({key: plain(value_of(fact)) for key, fact in topic.facts.items()}),
        "sources": whole.get("sources"),
        "topic": whole,
        **studies,
    }


def _number_words(words: Words, locale: Locale) -> NumberWords:
    """A language's numbers with the words beside them. A unit that only `names` has, has one form for all numbers."""
    named = {key: {"other": f"{PLACE} {name}"} for key, name in words.names.items() if isinstance(name, str)}
    units: dict[str, PluralForms] = {**cast("dict[str, PluralForms]", named), **locale.units}
    return NumberWords(Formatter(locale.formats), words.language, units, words.plurals)


@by_identity(16)
def _filled(topic: Topic, words: Words, document: Document, locale: Locale) -> _Filled:
    """Raises ProblemsError for words that name what does not exist."""
    views = {key: report_view(key, study, study) for key, study in topic.studies.items()}
    values = values_of(topic, words, locale, views)
    filled = fill_words(words, document, values, _number_words(words, locale))
    said = plain(filled)
    studies = tuple(
        study_record(values[key], one) for key in views if (one := said.get("studies").get(key)) is not MISSING
    )
    shown = {name: values["topic"].get(name) for name in ("facts", "sources")}
    shown["pictures"] = _pictures(topic, said.get("pictures"))
    shown["subject"] = subject = values["subject"]
    if words.subject is not None:
        # Templates get it with where it stands, as they get all words of the file.
        shown["subject"] = subject.but(name=filled["subject"]["name"])
    return _Filled(views, filled, {**shown, "topic": values["topic"], "words": said, "studies": studies})


def _pictures(topic: Topic, said: PlainGroup) -> PlainGroup:
    """The topic's pictures as templates see them; of one that is decorative there may be no words."""

    def record(key: str) -> PlainRecord:
        words = said.get(key)
        named = {name: None if words is MISSING else words.get(name) for name in ("caption", "alt")}
        return PlainRecord({"id": key, **named})

    return PlainGroup({key: record(key) for key in topic.pictures})


def filled_words(topic: Topic, words: Words, document: Document, locale: Locale) -> Any:
    """Words with their numbers. Raises ProblemsError for words that name what does not exist."""
    return _filled(topic, words, document, locale).words


@by_identity(16)
def _told_in(topic: Topic, document: DocumentName) -> tuple[tuple[str, Statement, str | None], ...]:
    """The statements that a document of a topic tells, each with its id and the section that it stands in."""
    return tuple(
        (key, statement, statement.section_in(document))
        for key, statement in topic.statements.items()
        if document in topic.tells_in(statement)
    )


class Context:
    """Values and functions for one document of an edition."""

    def __init__(self, edition: Edition, document: DocumentName) -> None:
        self.edition = edition
        self.document: DocumentName = document
        self._number_words = _number_words(edition.words, edition.locale)
        self.formatter = self._number_words.formatter
        filled = _filled(edition.topic, edition.words, edition.words_document, edition.locale)
        self.views, self.words, self.shown = filled.views, filled.words, filled.shown
        self._unnamed: dict[tuple[str, str], Problem] = {}

    @property
    def is_complete(self) -> bool:
        """Whether all words were there that were asked for so far."""
        return not self._unnamed

    def fixed(self, name: str, /, **values: object) -> str:
        """A fixed word of the locale, its places filled. Raises ProblemsError for a name that the locale lacks."""
        texts = {key: self.written(value) for key, value in values.items()}
        # What is text already may be markup, and stays it.
        said = {key: text if isinstance(text, str) else str(text) for key, text in texts.items()}
        numbers = {key: Decimal(number) for key, value in values.items() if (number := _number_of(value)) is not None}
        return fixed_word(self.edition.locale, name, numbers, **said)

    def heading(self, section: str, /, *, alone: bool = False, **values: object) -> str:
        """The locale's heading of a common section, those of its places filled that it has.

        `alone` asks for the one that names no end of what it is about, where the locale has one.
        """
        texts = {key: self.written(value) for key, value in values.items()}
        # Words of a user's file keep where they stand.
        said = {key: text.__html__() if isinstance(text, Phrase) else str(text) for key, text in texts.items()}
        locale = self.edition.locale
        text = locale.headings[section]
        return fill(locale.headings_alone.get(section, text) if alone else text, **said)

    def named(self, key: str, *, patient: bool) -> Phrase:
        """What an arm, an outcome, a harm, a setting … is called; the id itself where that is not said (`complete`)."""
        found = self.words["names"].get(key)
        if isinstance(found, Phrase):
            return found
        return self._form(key, "patient" if patient else "clinician")

    def part_name(self, outcome: str, part: Literal["part", "rest"]) -> Phrase:
        """What the people in a part of a bar are called (see `NameWords`): in words of their own, else made of the
        outcome's name.
        """
        found = self.words["names"].get(outcome)
        own: Phrase | None = found.get(part) if isinstance(found, dict) else None
        if own:
            return own
        name = self.named(outcome, patient=True)
        text = self.fixed("only", name=str(name)) if part == "part" else self.fixed("the_rest")
        return Phrase(text, name.origin, marked=False)

    def meaning(self, key: str) -> Phrase | None:
        """What a name is explained with to patients; None where it is not."""
        found = self.words["names"].get(key)
        means: Phrase | None = found.get("means") if isinstance(found, dict) else None
        return means

    def _form(self, key: str, form: str) -> Phrase:
        found = self.words["names"].get(key)
        forms: dict[str, Phrase | None] = found if isinstance(found, dict) else {}
        if name := forms.get(form):
            return name
        path: KeyPath = ("names", key) if found else ("names",)
        origin = self.edition.words_document.key_origin(path)
        message = f"names has no words for '{key}'" + (f" as '{form}'" if found or form in ("part", "rest") else "")
        advice = f"add '{form}:' to it" if found else f"add '{key}:' to 'names'"
        self._unnamed[key, form] = error(origin, "REF03", message, advice)
        return Phrase(key, origin)

    def lacks(self, path: KeyPath, message: str, instead: str) -> None:
        """Notes that the language file has no words at `path` that the document needs; `complete` tells."""
        origin = self.edition.words_document.key_origin(path)
        self._unnamed[".".join(map(str, path)), message] = error(origin, "REF03", message, instead)

    def complete(self) -> None:
        """Raises ProblemsError with everything that was asked for and has no words."""
        if self._unnamed:
            raise ProblemsError(self._unnamed.values())

    def label(self, result: ResultView, *, patient: bool) -> tuple[Phrase, ...]:
        """What a result is of: its outcome, and the subgroup where it is of one alone."""
        ids = (result.id, result.subgroup) if result.subgroup else (result.id,)
        return tuple(self.named(one, patient=patient) for one in ids)

    def rate(self, share: Share, whole: int) -> str:
        """A share as people in so many: `4 in 10,000`. Raises ValueError where its source does not say so exactly."""
        return self._number_words.rate(share.per(whole), share.of)

    def people(self, share: Share, whole: int) -> str:
        """The same where the whole is said beside it: `4`. Raises ValueError as `rate`."""
        return self._number_words.people(share.per(whole))

    def with_unit(self, quantity: Quantity) -> str:
        """A quantity with its unit in words. Raises ProblemsError for a unit that neither locale nor words name."""
        try:
            return self._number_words.with_unit(quantity)
        except UnusableValueError as bad:
            origin = self.edition.words_document.key_origin(("plurals",))
            raise ProblemsError([error(origin, "REF03", f"a result {bad.message}", bad.instead)]) from None

    def written(self, value: object) -> object:
        """A value as a template prints it: numbers and dates in the locale's format, phrases as they are."""
        if hasattr(value, "__html__") or isinstance(value, str):
            return value
        return "" if value is None else self.formatter.text(value)

    def told(self, section: str, study: str | None = None, aspect: str | None = None) -> tuple[Phrase, ...]:
        """A section's statements in their words for the document's readers, in the topic's order.

        "" asks for those without a study or aspect.
        """
        return tuple(
            words for _, statement, words in self.tellings(section) if words and _matches(statement, study, aspect)
        )

    def tellings(self, section: str | None = None) -> Iterator[tuple[str, Statement, Phrase | None]]:
        """The statements that the document tells, of one section or of all: id, statement, and its words if any."""
        for key, statement, stands_in in _told_in(self.edition.topic, self.document):
            if section in (None, stands_in):
                yield key, statement, self._words_of(key)

    def to_tell(self) -> tuple[Telling, ...]:
        """The statements that the document is to tell, with their words, or the values that a figure is to draw."""
        return tuple(
            Telling(key, squeezed(str(words)), words.place) if words else Telling(key, values=statement.values)
            for key, statement, words in self.tellings()
        )

    def _words_of(self, key: str) -> Phrase | None:
        said: Mapping[str, Phrase | None] = self.words["statements"].get(key, {})
        words = next((words for name in READERS[self.document] if (words := said.get(name))), None)
        return words.telling(key) if words else None

    def aspects(self, section: str) -> tuple[str, ...]:
        """The aspects that a section's statements have, each once, in order."""
        return tuple(dict.fromkeys(s.aspect for _, s, _ in self.tellings(section) if s.aspect))

    def cite(self, source_id: str) -> tuple[Phrase | str, ...]:
        """A source as a reference, in pieces: publisher, title, where to look it up (its address where nothing else),
        its date.
        """
        source = self.edition.topic.sources[source_id]
        where = [w for w in (source.citation, source.registry, source.doi and f"doi:{source.doi}") if w]
        if source.address and not where:
            where = [source.address.removeprefix("https://")]
        date_text = self.source_date(source)
        # The digits of a DOI, an NCT number or an address are no date, even where they look like its year.
        known = source.citation is not None and says_date(source.citation, date_text)
        end = " " + ", ".join(where) + ("." if known else f" ({date_text}).")
        publisher, title = (self.source_word(source_id, key) or "" for key in ("publisher", "title"))
        return publisher, ". ", title, ".", end

    def cite_short(self, source_id: str) -> tuple[Phrase | str, ...]:
        """A source in a few words, in pieces: its citation or publisher, and its date."""
        source = self.edition.topic.sources[source_id]
        name = self.source_word(source_id, "short") or source.citation or self.source_word(source_id, "publisher")
        if isinstance(source.as_of, AsOf) and says_date(str(name), str(source.as_of.year)):
            return (name or "",)
        text = self.formatter.date(source.as_of) if isinstance(source.as_of, AsOf) else self.fixed("undated_short")
        return name or "", f", {text}"

    def main_source(self) -> str:
        """The main source in a few words, as text."""
        return "".join(map(str, self.cite_short(self.edition.topic.main_source)))

    def source_word(self, source_id: str, key: str) -> Phrase | str | None:
        """A word of a source in the document's language, else as topic.yaml has it."""
        translated: Mapping[str, Phrase | None] = self.words["sources"].get(source_id, {})
        return translated.get(key) or getattr(self.edition.topic.sources[source_id], key)

    def source_date(self, source: Source) -> str:
        """The date that a source says; that it says none, and when it was read."""
        if isinstance(source.as_of, AsOf):
            return self.formatter.date(source.as_of)
        return self.fixed("undated", date=source.dated)

    def sources_of(self, *statements: str) -> tuple[str, ...]:
        """The ids of the sources behind statements, each once, in order."""
        return tuple(dict.fromkeys(s for key in statements for s in self.edition.topic.statements[key].sources))

    def newest_change(self) -> AsOf | None:
        """The date of the newest source behind the sections that tell of changes."""
        topic = self.edition.topic
        changed = {key for key, section in topic.sections.items() if section.tone == "changed"}
        return self._newest(one for one in topic.statements.values() if one.section_in(self.document) in changed)

    def newest_source(self) -> AsOf | None:
        """The date of the newest source behind what the document tells, where it is younger than the main source."""
        newest = self._newest(statement for _, statement, _ in self.tellings())
        main = self.edition.topic.as_of
        return newest if newest and is_younger(newest, main) else None

    def _newest(self, statements: Iterable[Statement]) -> AsOf | None:
        sources = self.edition.topic.sources
        named = (sources[key].as_of for statement in statements for key in statement.sources)
        newest = max((date for date in named if isinstance(date, AsOf)), default=None)
        # A month tells a reader enough, and fits a heading.
        return newest and replace(newest, day=0)

    def stale(self) -> AsOf | None:
        """The date of information that is too old on the build's date; None where none is."""
        return stale_since(self.edition.topic, self.edition.today)

    def overdue(self) -> AsOf | None:
        """The date of the oldest source beside the main one that somebody has to look at again; None where none is."""
        return to_look_at(self.edition.topic, self.edition.today)

    def contacts(self) -> PlainGroup:
        """Whom readers may turn to, by id. One that is the clinic's own has the telephone of its file, "" without."""
        clinic = self.clinic() or {}
        return PlainGroup(
            {
                key: self._contact(key, one, clinic.get("phone") or "")
                for key, one in self.edition.topic.contacts.items()
            }
        )

    def _contact(self, key: str, contact: Contact, of_clinic: object) -> PlainRecord:
        said, called = printed(contact, self.edition.locale), self.words["contacts"].get(key, {})
        own = contact.from_ is not None
        fields: dict[str, object] = {
            "id": key,
            "name": called.get("name"),
            "hours": called.get("hours"),
            "text": of_clinic if own else said.text,
            "spelled": of_clinic if own else said.spelled,
            "digits": of_clinic if own else said.digits,
            "dialed": of_clinic if own else said.dialed,
            # Templates cannot ask this of the clinic's words where one plan is made for many clinics.
            "lettered": said.lettered and not own,
            "long": said.is_long and not own,
            "href": contact.href(),
            "system": contact.system,
            "emergency": contact.emergency,
            "checked": self._checked(contact),
            "from_clinic": own,
        }
        return PlainRecord(fields)

    def _checked(self, contact: Contact) -> str:
        """When a contact was last checked; that it stands as published where nobody has, or too long ago."""
        topic = self.edition.topic
        if contact.source is None:
            return ""
        kind = "address" if contact.system == "url" else "number"
        published, checked = self.source_date(topic.sources[contact.source]), contact.verified_on
        if checked is None:
            return self.fixed(f"published_{kind}", date=published)
        if is_stale(checked, self.edition.today, topic.freshness.stale_after_months):
            return self.fixed(f"published_{kind}_checked", date=published, checked=checked)
        return self.fixed(f"checked_{kind}", date=checked)

    def patients(self, enrolled: Tally | None, evaluable: int | None) -> str:
        """How many people enrolled and how many were evaluable, as far as the source states either."""
        if enrolled and evaluable:
            return self.fixed("enrolled_evaluable", enrolled=enrolled, evaluable=evaluable)
        if enrolled:
            return self.fixed("enrolled_only", enrolled=enrolled)
        return self.fixed("evaluable_only", evaluable=evaluable) if evaluable else self.fixed("not_stated")

    def review_state(self) -> ReviewState:
        """Approved where a clinician signed just this, else draft."""
        return "approved" if self.edition.signed else "draft"

    def review_words(self) -> str:
        """The review state as documents print it."""
        signed = self.edition.signed
        return self.fixed("approved", role=signed.role, date=signed.on) if signed else self.fixed("draft")

    def clinic(self) -> dict[str, Any] | None:
        """The clinic's data, None without a clinic."""
        edition = self.edition
        if edition.clinic is None:
            return None
        return clinic_words(edition.clinic, edition.clinic_document, logo=bool(edition.logo), blanks=edition.blanks)

    def meta(self, title: str, subject: str) -> Meta:
        """What a document says of itself."""
        clinic, document = self.edition.clinic, self.edition.clinic_document
        today = AsOf(self.edition.today.year, self.edition.today.month, self.edition.today.day)
        return Meta(
            title=title,
            language=self.edition.words.language,
            author=clinic.name if clinic else PRODUCT,
            subject=subject,
            date=self.edition.today.isoformat(),
            as_of=self.formatter.date(self.edition.topic.as_of),
            review_state=self.review_state(),
            clinic_file=document.file if document else "",
            clinic_phone=clinic.phone or "" if clinic and not self.edition.blanks else "",
            review_words=self.review_words(),
            clinic_dials=self._clinic_dials(),
            age_words=self._fixed_if_known("information_from", date=self.edition.topic.as_of),
            version_words=self._fixed_if_known("version", date=today),
            about=self._about(),
            reviewer=self._reviewer(),
        )

    def _fixed_if_known(self, name: str, **values: Any) -> str:
        """A fixed word that only some documents need, "" where a user's own locale has it not as it is shipped."""
        try:
            return self.fixed(name, **values)
        except ProblemsError:
            return ""

    def _clinic_dials(self) -> str:
        """The link that calls the clinic: by its own country, else by one of the topic's contacts."""
        clinic = self.edition.clinic
        if clinic is None or clinic.phone is None or self.edition.blanks:
            return ""
        home = clinic.home()
        countries = (home,) if home else (*(one.country() for one in self.edition.topic.contacts.values()), None)
        found = (dialled(clinic.phone, country) for country in dict.fromkeys(countries))
        return next((f"tel:{number}" for number in found if number), "")

    def _about(self) -> About | None:
        subject, name = self.edition.topic.subject, name_of_subject(self.edition.topic, self.edition.words)
        if name is None:
            return None
        return About(subject.kind, name, subject.code_name or "", subject.brand or "", subject.maker or "")

    def _reviewer(self) -> Reviewer | None:
        signed = self.edition.signed
        return Reviewer(signed.reviewer, signed.role, str(signed.on)) if signed else None


def _matches(statement: Statement, study: str | None, aspect: str | None) -> bool:
    return (study is None or (statement.study or "") == study) and (
        aspect is None or (statement.aspect or "") == aspect
    )


def _number_of(value: object) -> int | Decimal | None:
    """The number that a value counts; None where it counts nothing."""
    number = value.n if isinstance(value, Tally) else value
    return number if isinstance(number, int | Decimal) and not isinstance(number, bool) else None


def says_date(text: str, date: str) -> bool:
    """Whether a date stands in a text by itself: not in other digits, nor as pages or volume (`2014;374:2016`)."""
    return re.search(rf"(?<![\w:/.–-]){re.escape(date)}(?![\w/–-])", text) is not None
