"""What templates and words can name: one topic in one language for one clinic and date, as a context of values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from handouts.by_identity import by_identity
from handouts.compose.clinic import clinic_words
from handouts.compose.edition import PRODUCT, Edition
from handouts.compose.fill import fixed_word
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
from handouts.model.document import Document, KeyPath
from handouts.model.freshness import is_stale, stale_since
from handouts.model.locale import Locale
from handouts.model.plural_forms import PLACE, PluralForms
from handouts.model.topic import Source, Statement, Topic
from handouts.model.words import Words
from handouts.plan.documents import Meta, ReviewState, Telling
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


def values_of(topic: Topic, words: Words, views: Mapping[str, ReportView]) -> dict[str, Any]:
    """What words can name, as plain values."""
    studies = {key: report_record(view) for key, view in views.items()}
    subject = cast(PlainRecord, plain(topic.subject)).but(name=name_of_subject(topic, words))
    whole = cast(PlainRecord, plain(replace(topic, studies={}))).but(subject=subject, studies=PlainGroup(studies))
    return {
        "subject": subject,
        "hotline": whole.get("hotline"),
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
    values = values_of(topic, words, views)
    filled = fill_words(words, document, values, _number_words(words, locale))
    said = plain(filled)
    noted = {s.study for s in topic.statements.values() if s.section == "side_effects"}
    studies = tuple(
        study_record(values[key], view, one, notes_harms=key in noted)
        for key, view in views.items()
        if (one := said.get("studies").get(key)) is not MISSING
    )
    shown = {name: values["topic"].get(name) for name in ("subject", "hotline", "facts", "sources")}
    return _Filled(views, filled, {**shown, "topic": values["topic"], "words": said, "studies": studies})


def filled_words(topic: Topic, words: Words, document: Document, locale: Locale) -> Any:
    """Words with their numbers. Raises ProblemsError for words that name what does not exist."""
    return _filled(topic, words, document, locale).words


class Context:
    """Values and functions for one edition; the same for all three documents but for the audience."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._number_words = _number_words(edition.words, edition.locale)
        self.formatter = self._number_words.formatter
        filled = _filled(edition.topic, edition.words, edition.words_document, edition.locale)
        self.views, self.words, self.shown = filled.views, filled.words, filled.shown
        self._unnamed: dict[tuple[str, str], Problem] = {}

    def fixed(self, name: str, /, **values: object) -> str:
        """A fixed word of the locale, its places filled. Raises ProblemsError for a name that the locale lacks."""
        texts = {key: self.written(value) for key, value in values.items()}
        # What is text already may be markup, and stays it.
        said = {key: text if isinstance(text, str) else str(text) for key, text in texts.items()}
        return fixed_word(self.edition.locale, name, **said)

    def named(self, key: str, *, patient: bool) -> Phrase:
        """What an arm, an outcome, a harm, a setting … is called; the id itself where that is not said (`complete`)."""
        found = self.words["names"].get(key)
        if isinstance(found, Phrase):
            return found
        return self._form(key, "patient" if patient else "clinician")

    def part_name(self, outcome: str, part: Literal["part", "rest"]) -> Phrase:
        """What the people in a part of a bar are called (see `NameWords`)."""
        return self._form(outcome, part)

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

    def complete(self) -> None:
        """Raises ProblemsError with everything that was asked for by `named` or `part_name` and has no name."""
        if self._unnamed:
            raise ProblemsError(self._unnamed.values())

    def label(self, result: ResultView, *, patient: bool) -> tuple[Phrase, ...]:
        """What a result is of: its outcome, and the subgroup where it is of one alone."""
        ids = (result.id, result.subgroup) if result.subgroup else (result.id,)
        return tuple(self.named(one, patient=patient) for one in ids)

    def share(self, result: ResultView) -> Share:
        """The share of people that a result is."""
        return Share(result.count, result.n, result.percent)

    def rate(self, share: Share, whole: int) -> str:
        """A share as people in so many: `4 in 10,000`. Raises ValueError where its source does not say so exactly."""
        return self._number_words.rate(share.per(whole), share.of)

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

    def told(
        self, section: str, study: str | None = None, aspect: str | None = None, *, patient: bool
    ) -> tuple[Phrase, ...]:
        """A section's statements for an audience, in the topic's order. "" asks for those without a study or aspect."""
        found: list[Phrase] = []
        for key, statement in self.edition.topic.statements.items():
            if statement.section != section or not _matches(statement, study, aspect):
                continue
            if words := self._words_of(key, statement, patient=patient):
                found.append(words.telling(key))
        return tuple(found)

    def to_tell(self, *, patient: bool) -> tuple[Telling, ...]:
        """The statements that a document for an audience is to tell, with their words."""
        return tuple(
            Telling(key, squeezed(str(words)), words.place)
            for key, statement in self.edition.topic.statements.items()
            if (words := self._words_of(key, statement, patient=patient))
        )

    def _words_of(self, key: str, statement: Statement, *, patient: bool) -> Phrase | None:
        """A statement's words for an audience; None where that is not told it."""
        words: Phrase | None = self.words["statements"][key]["patient" if patient else "clinician"]
        return words if words and (statement.handout or not patient) else None

    def aspects(self, section: str) -> tuple[str, ...]:
        """The aspects that a section's statements have, each once, in order."""
        found = {s.aspect: None for s in self.edition.topic.statements.values() if s.section == section and s.aspect}
        return tuple(found)

    def cite(self, source_id: str) -> str:
        """A source as a reference: publisher, title, where to look it up (its address where nothing else), its date."""
        source = self.edition.topic.sources[source_id]
        parts = [f"{source.publisher}. {source.title}."]
        where = [w for w in (source.citation, source.registry, source.doi and f"doi:{source.doi}") if w]
        if source.address and not where:
            where = [source.address.removeprefix("https://")]
        date_text = self._date_of(source)
        known = any(date_text in w for w in where)
        return " ".join(parts) + " " + ", ".join(where) + ("." if known else f" ({date_text}).")

    def cite_short(self, source_id: str) -> str:
        """A source in a few words: its citation or publisher, and its date."""
        source = self.edition.topic.sources[source_id]
        name = source.short or source.citation or source.publisher
        if isinstance(source.as_of, AsOf) and str(source.as_of.year) in name:
            return name
        text = self.formatter.date(source.as_of) if isinstance(source.as_of, AsOf) else self.fixed("undated_short")
        return f"{name}, {text}"

    def _date_of(self, source: Source) -> str:
        """The date that a source says; that it says none, and when it was read."""
        if isinstance(source.as_of, AsOf):
            return self.formatter.date(source.as_of)
        return self.fixed("undated", date=source.dated)

    def sources_of(self, *statements: str) -> tuple[str, ...]:
        """The ids of the sources behind statements, each once, in order."""
        found: dict[str, None] = {}
        for key in statements:
            for source in self.edition.topic.statements[key].sources:
                found[source] = None
        return tuple(found)

    def cited(self, *, patient: bool) -> tuple[str, ...]:
        """The sources behind what an audience is told, in the topic's order."""
        topic = self.edition.topic
        used = {
            s for statement in topic.statements.values() if statement.handout or not patient for s in statement.sources
        }
        used |= {topic.hotline.source} if topic.hotline else set()
        return tuple(source for source in topic.sources if source in used)

    def newest_change(self) -> AsOf | None:
        """The date of the newest source behind "what has changed since"."""
        dates = [
            date
            for statement in self.edition.topic.statements.values()
            if statement.section == "what_has_changed"
            for s in statement.sources
            if isinstance(date := self.edition.topic.sources[s].as_of, AsOf)
        ]
        newest = max(dates, default=None)
        # A month tells a reader enough, and fits a heading.
        return newest and replace(newest, day=0)

    def stale(self) -> AsOf | None:
        """The date of information that is too old on the build's date; None where none is."""
        return stale_since(self.edition.topic, self.edition.today)

    def hotline_checked(self) -> str:
        """When the hotline was last checked; that it stands as published where nobody has, or too long ago."""
        topic = self.edition.topic
        hotline = topic.hotline
        if hotline is None:
            return ""
        published, checked = self._date_of(topic.sources[hotline.source]), hotline.verified_on
        if checked is None:
            return self.fixed("published_number", date=published)
        if is_stale(checked, self.edition.today, topic.freshness.stale_after_months):
            return self.fixed("published_number_checked", date=published, checked=checked)
        return self.fixed("checked_number", date=checked)

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
        return Meta(
            title=title,
            language=self.edition.words.language,
            author=clinic.name if clinic else PRODUCT,
            subject=subject,
            date=self.edition.today.isoformat(),
            as_of=self.formatter.date(self.edition.topic.as_of),
            review_state=self.review_state(),
            clinic_file=document.file if document else "",
            review_words=self.review_words(),
        )


def _matches(statement: Statement, study: str | None, aspect: str | None) -> bool:
    return (study is None or (statement.study or "") == study) and (
        aspect is None or (statement.aspect or "") == aspect
    )
