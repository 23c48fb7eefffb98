"""What a decision record says in print, read from the bytes of its snapshot."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from decisions import snapshot
from decisions.copies import LEFT_OUT, LEGAL_ADVICE, WHEREABOUTS, copy_of
from decisions.documents.grounds import Ground, grounds
from decisions.documents.particulars import Changed, Checked, Listed, changed, checked, listed
from decisions.documents.printable import printable
from decisions.documents.when import DATES, When, when
from decisions.records import whereabouts
from decisions.records.procedures import procedures_named
from decisions.wizard.dates import MONTHS
from guidance.adoption.words import sealed_review, sentence

UK = ZoneInfo("Europe/London")
# A snapshot keeps these answers by id. The words are here and not the wizard's, because a record
# is printed with the same words however the wizard's change.
AGREEMENT = {
    "yes": "There is one that helps",
    "no": "None is needed",
    "not-known": "Not known",
    "": "Not answered",
}
TOLD = {
    "yes-now": "Yes, they know or will be told first",
    "yes-later": "They will be told afterwards",
    "no": "No",
}

HOW = {
    "phone": "By phone",
    "in-person": "In person",
    "email": "By e-mail",
    "other": "In another way",
}

CONTAINS = {LEGAL_ADVICE: "privileged legal advice", WHEREABOUTS: "protected whereabouts"}
CHANGES_SHOWN = 20
VIEWS = frozenset({"wishes", "views"})  # details of a question: what the person wants
WEIGHING = frozenset({"consent", "public-interest"})  # the questions that ask for it
SHARING = ("share", "share-in-part")
FOLLOWS = ("tell", "again")  # details of a decision not to share: what follows from it
DISSENT = "dissent"  # the detail of a decision that says who disagreed, and why
APART = (*FOLLOWS, *DATES, DISSENT)  # details of a decision that have places of their own


class UnreadableRecordError(ValueError):
    """The bytes are no sealed record that this version can print; says why."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that was given beside an answer."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the path, as it was answered."""

    number: int | None
    title: str
    answer: str
    edition_reason: str
    reason: str  # the person's own words; may be ""
    details: tuple[Fact, ...]  # but for the person's views, which stand together


@dataclass(frozen=True, slots=True)
class Advised:
    """One piece of advice the practitioner took. Legal advice is only in a full copy."""

    role: str
    when: str
    how: str
    about: str  # the question in doubt
    advised: str
    anonymous: bool
    is_legal: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the document prints. All text is printable; nothing here is markup."""

    reference: str
    case_reference: str
    edition: Mapping[str, Any]
    legal_review: str  # of the edition, and as the organisation had it reviewed
    agreement: str
    about: tuple[Fact, ...]  # what was said of the case
    follows: str  # the reference of the record this one was opened again from; may be ""
    linked: int  # decisions on the matter, about several people; 0 when it stands alone
    acted_on: str  # the reference of the urgent record this one follows up; may be ""
    follow_up_due: str  # until when the seven questions are due; "" when they are not
    asked: tuple[Asked, ...]
    grounds: tuple[Ground, ...]  # the person's own reasons that it rests on
    views: tuple[Fact, ...]  # what the person and their family want, as it was noted
    weighs: bool  # a question on the path asks for those views
    part: str  # which part is shared, where only a part is; may be ""
    advice: tuple[Advised, ...]
    dissent: str  # who disagreed, and why; may be ""
    withholds_advice: bool  # legal advice was taken, and this copy leaves it out
    withholds_whereabouts: bool
    contains: tuple[str, ...]  # what other copies leave out and this one does not, in words
    outcome: Mapping[str, Any]
    decision: Mapping[str, Any]
    sharing: Mapping[str, Any]
    items: tuple[Listed, ...]
    golden_rules: tuple[Checked, ...]
    changed: tuple[Changed, ...]  # the last ones
    own_procedures: tuple[str, ...]  # versions that were in force, in words
    changed_before: int  # how many there were before those
    practitioner: str
    team: str
    organisation: str
    handed_over: tuple[str, ...]  # when the draft went to another practitioner of the team
    when: When
    started: str
    sealed: str
    sealed_at: datetime
    commitment: str  # what InfoShare keeps of the record, 64 hexadecimal digits
    attached: bytes = field(repr=False)  # the copy of the record that travels with the document
    fingerprint: str  # SHA-256 of that copy, 64 hexadecimal digits
    replaced: bool  # some character could not be drawn


def uk_time(moment: datetime) -> str:
    """The moment in the United Kingdom, for example "4 March 2026, 15:42 GMT"."""
    there = moment.astimezone(UK)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}, {there:%H:%M %Z}"


def _day(text: str | None) -> str:
    if not text:
        return ""
    day = date.fromisoformat(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"the time {text!r} has no zone")
    return moment.astimezone(UTC)


def read(body: bytes, without: Collection[str] = LEFT_OUT) -> Sheet:
    """The sheet of a snapshot's bytes, of the copy without these sections.

    Raises `UnreadableRecordError`.
    """
    try:
        copy = copy_of(body, without=without)
        contents, shown = copy.contents, _printable(copy.contents)
        return _sheet(
            shown,
            commitment=copy.commitment,
            attached=copy.body,
            fingerprint=hashlib.sha256(copy.body).hexdigest(),
            withholds_advice=LEGAL_ADVICE in copy.withheld,
            withholds_whereabouts=WHEREABOUTS in copy.withheld,
            contains=tuple(words for name, words in CONTAINS.items() if name in contents),
            replaced=str(shown).count("[U+") > str(contents).count("[U+"),
        )
    except snapshot.SnapshotError as error:
        raise UnreadableRecordError(f"These bytes are no sealed record: {error}") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableRecordError(f"This record is incomplete: {error!r}") from error


def _printable(value: Any) -> Any:
    """The same value with all its text printable; names of sections and keys stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return value


def _sheet(sections: Mapping[str, Any], **known: Any) -> Sheet:
    sharing = whereabouts.joined(sections)["sharing"]
    context, people = sections["context"], sections["people"]
    sealed_at, organisation = _moment(people["sealed_at"]), people["organisation"]["name"]
    questions = [sections[f"question:{gate}"] for gate in context["path"]]
    # What records sealed before it was asked for do not have is read with a default.
    changes = sections.get("changes", {}).get("entries", ())
    return Sheet(
        reference=context["reference"],
        case_reference=context["case_reference"],
        edition=context["edition"],
        legal_review=sentence(sealed_review(context["edition"], organisation)),
        agreement=_words(AGREEMENT, context["agreement"]),
        about=_facts(context),
        asked=tuple(map(_asked, questions)),
        grounds=grounds(questions),
        views=_picked(questions, VIEWS),
        weighs=bool(WEIGHING & set(context["path"])),
        part="\n".join(fact.text for fact in _picked(questions, {"part"})),
        when=when(
            {one["detail"]: one["text"] for one in sections["decision"].get("details", ())},
            shares=sections["decision"]["decision"] in SHARING,
            sealed_on=sealed_at.astimezone(UK).date(),
        ),
        follows=context.get("follows") or "",
        linked=context.get("linked") or 0,
        acted_on=context.get("acted_on") or "",
        follow_up_due=_day(context.get("follow_up_due")),
        advice=tuple(map(_advised, _advice(sections))),
        dissent="\n".join(fact.text for fact in _picked([sections["decision"]], {DISSENT})),
        outcome=sections["outcome"],
        decision={**sections["decision"], **_decided(sections["decision"])},
        sharing={
            "method_more": "",
            "not_known": "",
            **sharing,
            "told": _words(TOLD, sharing["told"]),
            "details": _facts(sharing),
        },
        items=tuple(listed(one) for one in sharing.get("items", ())),
        golden_rules=tuple(checked(one) for one in sections["decision"].get("golden_rules", ())),
        changed=tuple(
            changed(one, uk_time(_moment(one["at"]))) for one in changes[-CHANGES_SHOWN:]
        ),
        own_procedures=tuple(_own(*one) for one in procedures_named(sections)),
        changed_before=max(0, len(changes) - CHANGES_SHOWN),
        practitioner=people["practitioner"]["name"],
        team=people["team"]["name"],
        organisation=organisation,
        handed_over=tuple(uk_time(_moment(one["at"])) for one in people.get("handed_over", ())),
        started=uk_time(_moment(people["started_at"])),
        sealed=uk_time(sealed_at),
        sealed_at=sealed_at,
        **known,
    )


def _own(title: str, one: Mapping[str, Any]) -> str:
    where = ", for this setting" if one["setting"] else ""
    return f"{title}: version {one['version']}, since {_day(one['in_force_from'])}{where}"


def _words(labels: Mapping[str, str], answer: str) -> str:
    return labels.get(answer, answer)


def _asked(question: Mapping[str, Any]) -> Asked:
    return Asked(
        number=question["number"],
        title=question["title"],
        answer=question["answer_label"],
        edition_reason=question["edition_reason"],
        reason=question["reason"],
        details=_facts(question, without=VIEWS),
    )


def _picked(questions: Iterable[Mapping[str, Any]], details: Collection[str]) -> tuple[Fact, ...]:
    """These details of whichever question has them, in order."""
    return tuple(
        Fact(one["label"], one["text"])
        for question in questions
        for one in question.get("details", ())
        if one["detail"] in details
    )


def _decided(decision: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of the decision, and apart from them what follows from not sharing."""
    said = decision.get("details", ())
    follows = {one["detail"]: one["text"] for one in said if one["detail"] in FOLLOWS}
    facts = tuple(Fact(one["label"], one["text"]) for one in said if one["detail"] not in APART)
    return {**dict.fromkeys(FOLLOWS, ""), **follows, "details": facts}


def _facts(section: Mapping[str, Any], without: Collection[str] = ()) -> tuple[Fact, ...]:
    # Records sealed before details were asked for have none.
    return tuple(
        Fact(one["label"], one["text"])
        for one in section.get("details", ())
        if one["detail"] not in without
    )


def _advice(sections: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    sealed = (sections.get(name, {}) for name in ("advice", LEGAL_ADVICE))
    return sorted((one for each in sealed for one in each.get("entries", ())), key=_when)


def _when(entry: Mapping[str, Any]) -> datetime:
    return _moment(entry["when"])


def _advised(entry: Mapping[str, Any]) -> Advised:
    return Advised(
        role=entry["role"],
        when=uk_time(_moment(entry["when"])),
        how=_words(HOW, entry["how"]),
        about=entry["title"],
        advised=entry["advised"],
        anonymous=entry["anonymous"],
        is_legal=entry["is_legal"],
    )
