"""Verbs of a dossier: a document and its interpretations drafted, sent and released together.

Serves 政策解读与文件同步起草、审签、发布 (law.md 6.2) and Art. 20 (1). The texts are entries of
`disclosure`; what holds them together is asked at every submission and release (`publishing`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.actions import Told
from gongkai.disclosure.models import Entry, Section
from gongkai.disclosure.queries import EntryState
from gongkai.orgs.models import Organ
from gongkai.policy import queries, rules
from gongkai.policy.actions import steps
from gongkai.policy.actions.documents import refuse_outside_life
from gongkai.policy.lifecycle import DocumentEvent, DocumentState
from gongkai.policy.models import Interpretation, PolicyDocument
from gongkai.policy.queries import dossiers
from gongkai.policy.rules import Description, DocumentKind
from gongkai.policy.rules.dossiers import InterpretationForm, Pair, pairs_html
from gongkai.statute.genres import Genre


@transaction.atomic
def draft_dossier(
    organ: Organ,
    *,
    kind: DocumentKind,
    section: Section,
    told: Told,
    effective_on: date | None = None,
    ends_on: date | None = None,
    by: Actor,
    at: datetime,
) -> PolicyDocument:
    """Begin a document whose text is written and reviewed here; it counts once it is public.

    Raises:
        DocumentRefused: the number is another document's, or the days do not fit.
        disclosure.EntryRefused: the text or the section is refused.
    """
    described = described_by(told, kind, effective_on, ends_on)
    refuse_outside_life(organ, described, at)
    document = PolicyDocument.objects.create(
        county_id=organ.county_id or organ.pk,
        organ=organ,
        kind=kind,
        title=described.title,
        formed_on=described.formed_on,
        effective_on=effective_on,
        ends_on=ends_on,
        state=DocumentState.DRAFTING,
        registered_by=by.name,
        registered_by_account=by.account,
        registered_at=at,
    )
    document.entry = disclosure.create(
        organ, section=section, told=told, record=document.record_id, by=by, at=at
    )
    document.save(update_fields=["entry"])
    after = queries.logged(document) | {"entry": document.entry.record_id}
    steps.record("draft_dossier", document, by, at, after=after)
    return document


@transaction.atomic
def add_text(
    document: PolicyDocument, *, section: Section, told: Told, by: Actor, at: datetime
) -> PolicyDocument:
    """Begin the text of a document that was registered without one.

    Raises:
        NotAllowedNow: it has a text that was not discarded, or its registration was withdrawn.
        DocumentRefused: the text says otherwise than the registration.
    """
    held = steps.hold(document)
    if held.state == DocumentState.WITHDRAWN:
        raise rules.NotAllowedNow("文件登记已撤回，不能补录正文")
    if held.entry is not None and held.entry.state != EntryState.DISCARDED:
        raise rules.NotAllowedNow("这份文件已有正文，请在原正文上修改")
    held.entry = disclosure.create(
        held.organ, section=section, told=told, record=held.record_id, by=by, at=at
    )
    held.save(update_fields=["entry"])
    steps.record("add_text", held, by, at, after={"entry": held.entry.record_id})
    return held


@transaction.atomic
def link_text(document: PolicyDocument, *, entry: Entry, by: Actor, at: datetime) -> PolicyDocument:
    """Take over the text that was imported under this document's typed id.

    Raises:
        DocumentRefused: the entry is of another record or organ.
        NotAllowedNow: the document has a text.
    """
    held = steps.hold(document)
    if held.entry_id is not None:
        raise rules.NotAllowedNow("这份文件已有正文")
    if entry.record != held.record_id or entry.organ_id != held.organ_id:
        raise steps.refused("entry", "所选信息不是这份文件的正文")
    held.entry, held.subject, held.genre = entry, entry.subject, entry.genre
    held.save(update_fields=["entry", "subject", "genre"])
    steps.record("link_text", held, by, at, after={"entry": entry.record_id})
    return held


@transaction.atomic
def set_terms(
    document: PolicyDocument,
    *,
    kind: DocumentKind,
    effective_on: date | None,
    ends_on: date | None,
    by: Actor,
    at: datetime,
) -> PolicyDocument:
    """Say the kind and the days of validity of a document that is being drafted.

    Raises:
        DocumentRefused: the term ends before it begins.
        NotAllowedNow: it is no longer a draft (then it is corrected, with a reason).
    """
    held = steps.hold(document)
    steps.next_state(held, DocumentEvent.EDIT)
    before = queries.logged(held)
    if ends_on is not None and ends_on < (effective_on or held.formed_on):
        raise steps.refused("ends_on", "有效期至不得早于施行日期或成文日期")
    held.kind, held.effective_on, held.ends_on = kind, effective_on, ends_on
    held.save(update_fields=["kind", "effective_on", "ends_on"])
    steps.record("set_terms", held, by, at, before=before, after=queries.logged(held))
    return held


@transaction.atomic
def add_interpretation(
    document: PolicyDocument,
    *,
    form: InterpretationForm,
    told: Told,
    pairs: Sequence[Pair] = (),
    section: Section | None = None,
    by: Actor,
    at: datetime,
) -> Interpretation:
    """Begin an interpretation in one form; `pairs` write the body of a Q&A.

    It stands in the county's section of interpretations unless told otherwise.

    Raises:
        NotAllowedNow: the registration of the document was withdrawn.
        DocumentRefused: there is no section of interpretations, or pairs for another form.
    """
    held = steps.hold(document)
    if held.state == DocumentState.WITHDRAWN:
        raise rules.NotAllowedNow("文件登记已撤回，不能添加解读")
    if pairs and form is not InterpretationForm.QUESTIONS:
        raise steps.refused("form", "只有问答形式的解读可以逐条填写问和答")
    where = section or dossiers.section_at(held.county_id, dossiers.INTERPRETATIONS)
    if where is None:
        raise steps.refused("section", "网站还没有“政策解读”栏目，请先开设栏目")
    told = replace(told, genre=told.genre or Genre.INTERPRETATION.value)
    if pairs:
        told = replace(told, body=pairs_html(pairs))
    made = Interpretation.objects.create(document=held, form=form, added_by=by.name, added_at=at)
    made.entry = disclosure.create(
        held.organ, section=where, told=told, record=made.record_id, by=by, at=at
    )
    made.save(update_fields=["entry"])
    after = {"form": str(form), "entry": made.entry.record_id}
    steps.record("add_interpretation", held, by, at, after=after)
    return made


def write_pairs(
    interpretation: Interpretation, *, pairs: Sequence[Pair], revision: int, by: Actor, at: datetime
) -> Entry:
    """Write the questions and answers of a Q&A into its text in hand.

    Raises:
        DocumentRefused: it is no Q&A, or a question is blank or has no answer.
        disclosure.DisclosureError: as `disclosure.actions.edit`.
    """
    if interpretation.form != InterpretationForm.QUESTIONS:
        raise steps.refused("form", "这份解读不是问答")
    if not pairs or any(not pair.question.strip() or not pair.answer.strip() for pair in pairs):
        raise steps.refused("pairs", "请逐条填写“问”和“答”，问和答都不能空")
    told = dossiers.content_of(interpretation.entry).told
    told = replace(told, body=pairs_html(pairs))
    return disclosure.edit(interpretation.entry, told=told, revision=revision, by=by, at=at)


@transaction.atomic
def exempt_interpretation(
    document: PolicyDocument, *, reason: str, by: Actor, at: datetime
) -> PolicyDocument:
    """Settle that a document needs no interpretation, with the reason that reviewers read.

    Raises:
        ReasonMissing: `reason` is blank or too long.
        NotAllowedNow: its registration was withdrawn.
    """
    reason = steps.read_reason(reason)
    held = steps.hold(document)
    if held.state == DocumentState.WITHDRAWN:
        raise rules.NotAllowedNow("文件登记已撤回")
    held.exempt_reason, held.exempted_by, held.exempted_at = reason, by.name, at
    held.save(update_fields=["exempt_reason", "exempted_by", "exempted_at"])
    steps.record("exempt_interpretation", held, by, at, reason=reason)
    return held


@transaction.atomic
def require_interpretation(document: PolicyDocument, *, by: Actor, at: datetime) -> PolicyDocument:
    """Take the exemption back: the document needs an interpretation again."""
    held = steps.hold(document)
    if not held.exempt_reason:
        raise rules.NotAllowedNow("这份文件没有免予解读")
    before = {"exempt_reason": held.exempt_reason}
    held.exempt_reason, held.exempted_by, held.exempted_at = "", "", None
    held.save(update_fields=["exempt_reason", "exempted_by", "exempted_at"])
    steps.record("require_interpretation", held, by, at, before=before)
    return held


@transaction.atomic
def submit_dossier(document: PolicyDocument, *, by: Actor, at: datetime) -> list[Entry]:
    """Send every text of a dossier that is still a draft to review, interpretations first.

    Raises:
        NotAllowedNow: nothing is left to send.
        disclosure.DisclosureError: one of them is refused; then none is sent.
    """
    held = steps.hold(document)
    sides = [each.entry for each in dossiers.interpretations_of(held)]
    texts = [*sides, *([held.entry] if held.entry else [])]
    drafts = [entry for entry in texts if entry.state == EntryState.DRAFT]
    if not drafts:
        raise rules.NotAllowedNow("没有待送审的稿件")
    return [disclosure.submit(entry, by=by, at=at) for entry in drafts]


def publish_dossier(document: PolicyDocument, *, by: Actor, at: datetime) -> list[Entry]:
    """Release the signed text of a document and its signed interpretations, all or none.

    Raises:
        NotAllowedNow: there is no text.
        disclosure.DisclosureError: as `disclosure.actions.publish_together`.
    """
    if document.entry is None:
        raise rules.NotAllowedNow("这份文件没有正文，不能发布")
    return disclosure.publish_together([document.entry], by=by, at=at)


def described_by(
    told: Told, kind: DocumentKind, effective_on: date | None, ends_on: date | None
) -> Description:
    """Return what a text says of its document, in good form.

    A draft may still be without its number; the release asks for it.

    Raises:
        DocumentRefused: fields are wrong.
    """
    if told.formed_on is None:
        raise steps.refused("formed_on", "请填写成文日期")
    asked = kind if told.document_number else DocumentKind.OTHER
    tidied = rules.tidy(
        Description(
            kind=asked,
            title=told.title,
            formed_on=told.formed_on,
            document_number=told.document_number,
            effective_on=effective_on,
            ends_on=ends_on,
            joint_issuers=told.joint_issuers,
        )
    )
    return replace(tidied, kind=kind)
