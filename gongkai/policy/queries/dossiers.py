"""A document with its interpretations (dossier): how far each text has come, what is missing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.disclosure import queries as disclosure
from gongkai.disclosure.models import Entry, Section
from gongkai.disclosure.queries import Content, EntryState
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import Interpretation, PolicyDocument
from gongkai.policy.rules import DocumentKind, Fault
from gongkai.policy.rules.dossiers import Beside, InterpretationForm, Pair, faults_of, pairs_of

INTERPRETATIONS = "zwgk/fdzdgknr/zcwj/zcjd"
RESULTS = "zwgk/fdzdgknr/zcwj/qljg"
READY = frozenset({EntryState.SIGNED, EntryState.SCHEDULED})
_GONE = (EntryState.DISCARDED.value,)


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a dossier: its entry, the form of an interpretation, what it still lacks."""

    entry: Entry
    title: str
    form: InterpretationForm | None
    body: str
    pairs: tuple[Pair, ...]
    faults: tuple[Fault, ...]
    interpretation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A document with its interpretations as they are drafted, reviewed and released together."""

    document: PolicyDocument
    text: Side | None
    interpretations: tuple[Side, ...]
    missing: tuple[str, ...]


def interpretations_of(document: PolicyDocument) -> list[Interpretation]:
    """Return the interpretations of a document that were not discarded. One query."""
    found = document.interpretations.select_related("entry__in_review", "entry__published")
    return list(found.exclude(entry__state__in=_GONE).exclude(entry=None).order_by("pk"))


def content_of(entry: Entry) -> Content:
    """Return what an entry says now: the text in hand, else in review, else public."""
    hand = disclosure.told_of(entry)
    if entry.state == EntryState.DRAFT and hand is not None:
        return Content(
            told=hand.told,
            index_number=entry.index_number,
            organ="",
            section_id=hand.section_id,
            files=disclosure.files_in_hand(entry),
        )
    version = entry.in_review or entry.published
    if version is not None:
        return disclosure.content_of(version)
    told = hand.told if hand is not None else None
    if told is None:
        raise LookupError(f"entry {entry.pk} has neither draft nor version")
    return Content(told, entry.index_number, "", entry.section_id)


def lacking(form: InterpretationForm, entry: Entry) -> list[Fault]:
    """Return what the text of an interpretation lacks for its form."""
    content = content_of(entry)
    files = [Beside(file.role, file.alternative) for file in content.files]
    return faults_of(form, content.told.body, files)


def dossier_of(document: PolicyDocument) -> Dossier:
    """Return a document with its interpretations, and in words what is missing."""
    text = _side(document.entry, None) if document.entry_id else None
    sides = tuple(
        _side(each.entry, InterpretationForm(each.form), each.pk)
        for each in interpretations_of(document)
    )
    return Dossier(document, text, sides, tuple(_missing(document, text, sides)))


def without_interpretation(organ_ids: Collection[int]) -> QuerySet[PolicyDocument]:
    """Return public documents with a text here, without any public interpretation or exemption."""
    public = Interpretation.objects.filter(document=OuterRef("pk"), entry__live=True)
    found = PolicyDocument.objects.of(organ_ids).filter(
        ~Exists(public), state=DocumentState.PUBLISHED, entry__live=True, exempt_reason=""
    )
    return found.select_related("organ").order_by("-published_on", "-pk")


def draftings(organ_ids: Collection[int]) -> QuerySet[PolicyDocument]:
    """Return the dossiers that are on their road, the newest first."""
    found = PolicyDocument.objects.of(organ_ids).filter(
        Q(state=DocumentState.DRAFTING)
        | Q(state=DocumentState.MADE, entry__isnull=False)
        | Q(state=DocumentState.PUBLISHED, entry__state__in=_ON_THE_ROAD)
    )
    return found.select_related("organ", "entry").order_by("-pk")


_ON_THE_ROAD = [
    state.value
    for state in EntryState
    if state not in (EntryState.PUBLISHED, EntryState.WITHDRAWN, EntryState.DISCARDED)
]


def section_at(county_id: int, path: str) -> Section | None:
    """Return the open section of a county at a path."""
    return Section.objects.open().filter(county_id=county_id, path=path).first()


def usual_section(document_kind: DocumentKind, organ_kind: str) -> str:
    """Return the path of the section in which a document of an organ usually stands."""
    if document_kind is DocumentKind.NORMATIVE:
        return "zwgk/fdzdgknr/zcwj/gfxwj"
    usual = {"COUNTY_GOVERNMENT": "xzfwj", "OFFICE": "xfbwj", "TOWNSHIP": "xzwj"}
    return f"zwgk/fdzdgknr/zcwj/{usual.get(organ_kind, 'bmwj')}"


def _side(entry: Entry, form: InterpretationForm | None, pk: int | None = None) -> Side:
    content = content_of(entry)
    body = content.told.body
    pairs = pairs_of(body) if form is InterpretationForm.QUESTIONS else ()
    faults: list[Fault] = []
    if form is not None:
        files = [Beside(file.role, file.alternative) for file in content.files]
        faults = faults_of(form, body, files)
    return Side(entry, content.told.title, form, body, pairs, tuple(faults), pk)


def _missing(document: PolicyDocument, text: Side | None, sides: tuple[Side, ...]) -> list[str]:
    told = []
    if text is None or text.entry.state == EntryState.DISCARDED:
        told.append("没有正文，请补录正文")
    elif not text.body and not content_of(text.entry).files:
        told.append("正文还没有写")
    if not sides and not document.exempt_reason:
        told.append("没有解读，请添加解读，或者写明免予解读的理由")
    told += [f"《{side.title}》{fault.message}" for side in sides for fault in side.faults]
    return told
