"""What documents and interpretations ask of a release, and what a release puts down of them.

Serves 三同步 (law.md 6.2): without an interpretation equally far on the road a document is neither
submitted nor released, unless exempted with a reason. Runs inside the verbs of `disclosure`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.disclosure import Obstacle, Publishing, publishes
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import EntryState, content_of
from gongkai.policy import queries
from gongkai.policy.actions import documents, steps, texts
from gongkai.policy.actions.dossiers import described_by
from gongkai.policy.lifecycle import DocumentEvent, DocumentState
from gongkai.policy.models import DecisionCatalogue, Interpretation, PolicyDocument, ReviewRound
from gongkai.policy.queries import dossiers
from gongkai.policy.rules import Description, DocumentKind, DocumentRefused
from gongkai.policy.rules import tidy as tidy_description
from gongkai.policy.rules.dossiers import InterpretationForm


def _key(entry: Entry) -> int:
    return int(entry.record.partition(":")[2])


@publishes("policy")
class DocumentRecords(Publishing):
    """The texts of policy documents."""

    def obstacles(self, entry: Entry, at: datetime) -> Sequence[Obstacle]:
        """Return what stands against submitting or releasing the text of a document."""
        document = PolicyDocument.objects.select_related("organ").get(pk=_key(entry))
        found = [*_described_wrongly(document, entry)]
        if entry.first_published_at is None:
            found += _not_interpreted(document, entry)
        return found

    def companions(self, entry: Entry) -> Sequence[Entry]:
        """Return the interpretations that are signed: they go out with the document."""
        document = PolicyDocument.objects.get(pk=_key(entry))
        beside = (each.entry for each in dossiers.interpretations_of(document))
        return [each for each in beside if each.state in dossiers.READY]

    def published(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let the document follow its public text; the first release sets the day it counts."""
        held = steps.hold(PolicyDocument(pk=_key(entry)))
        content = content_of(entry.published)
        if held.state != DocumentState.PUBLISHED:
            held.state = steps.next_state(held, DocumentEvent.PUBLISH)
            held.published_on = timezone.localdate(at)
        told = replace(
            queries.description_of(held),
            title=content.told.title,
            document_number=content.told.document_number,
            formed_on=content.told.formed_on,
            joint_issuers=content.told.joint_issuers,
        )
        told = tidy_description(told)
        documents.describe(held, told)
        held.entry_id, held.subject, held.genre = entry.pk, content.told.subject, content.told.genre
        held.save()
        documents.save_issuers(held, told.joint_issuers)
        texts.keep(held, entry.published, at)

    def withdrawn(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let the document be unpublished again: table two no longer counts it as public."""
        held = steps.hold(PolicyDocument(pk=_key(entry)))
        if held.state != DocumentState.PUBLISHED:
            return
        held.state = steps.next_state(held, DocumentEvent.TAKE_OFF)
        held.published_on = None
        held.save(update_fields=["state", "published_on"])

    def address(self, entry: Entry) -> str:
        """Return the staff page of the dossier."""
        return reverse("policy:dossier", args=[_key(entry)])


@publishes("interpretation")
class InterpretationRecords(Publishing):
    """The texts of interpretations."""

    def obstacles(self, entry: Entry, at: datetime) -> Sequence[Obstacle]:
        """Return what its form lacks, and that its document is not equally far."""
        interpretation = _interpretation(entry)
        form = InterpretationForm(interpretation.form)
        found = [Obstacle(fault.field, fault.message) for fault in dossiers.lacking(form, entry)]
        if entry.state in dossiers.READY:
            found += _document_not_ready(interpretation.document.entry, at)
        return found

    def companions(self, entry: Entry) -> Sequence[Entry]:
        """Return the text of the document when it is signed and not public yet."""
        text = _interpretation(entry).document.entry
        if text is None or text.live or text.state not in dossiers.READY:
            return ()
        return (text,)

    def address(self, entry: Entry) -> str:
        """Return the staff page of the dossier."""
        return reverse("policy:dossier", args=[_interpretation(entry).document_id])


@publishes("reviewround")
class RoundRecords(Publishing):
    """The published lists of a clean-up."""

    def address(self, entry: Entry) -> str:
        """Return the staff page of the round."""
        return reverse("policy:round", args=[_key(entry)])

    def obstacles(self, entry: Entry, at: datetime) -> Sequence[Obstacle]:
        """Refuse the lists of a round that is not closed."""
        if ReviewRound.objects.filter(pk=_key(entry), closed_at=None).exists():
            return (Obstacle("record", "清理尚未办结，请先办结清理再公布结果"),)
        return ()


@publishes("decisions")
class DecisionRecords(Publishing):
    """The published catalogue of major decisions of a year."""

    def address(self, entry: Entry) -> str:
        """Return the staff page of the catalogue."""
        return reverse("policy:decisions", args=[_key(entry)])

    def published(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let the matters that the list names be public; those dropped no longer are."""
        catalogue = DecisionCatalogue.objects.get(pk=_key(entry))
        body = entry.published.body
        for item in catalogue.items.all():
            item.listed = not item.dropped_reason and texts.names(body, item.title)
            item.save(update_fields=["listed"])

    def withdrawn(self, entry: Entry, *, by: Actor, at: datetime) -> None:
        """Let no matter be public while the list is not."""
        catalogue = DecisionCatalogue.objects.get(pk=_key(entry))
        catalogue.items.update(listed=False)


def _interpretation(entry: Entry) -> Interpretation:
    found = Interpretation.objects.select_related("document__entry")
    return found.get(pk=_key(entry))


def _described_wrongly(document: PolicyDocument, entry: Entry) -> Iterator[Obstacle]:
    told = dossiers.content_of(entry).told
    if told.formed_on is None:
        return
    try:
        described_by(told, DocumentKind(document.kind), document.effective_on, document.ends_on)
        if not told.document_number:
            tidy_description(_bare(document, told.title, told.formed_on))
    except DocumentRefused as refused:
        for fault in refused.faults:
            yield Obstacle(fault.field, fault.message)
        return
    twin = queries.numbered(document.organ, told.document_number, other_than=document.pk)
    if twin is not None:
        said = f"{document.organ.short_name}已登记{told.document_number}《{twin.title}》"
        yield Obstacle("document_number", f"{said}，请核对发文字号")


def _bare(document: PolicyDocument, title: str, formed_on) -> Description:
    return Description(kind=DocumentKind(document.kind), title=title, formed_on=formed_on)


def _not_interpreted(document: PolicyDocument, entry: Entry) -> Iterator[Obstacle]:
    """Yield what the interpretations lack before a document is submitted or first released."""
    found = dossiers.interpretations_of(document)
    if not found and not document.exempt_reason:
        yield Obstacle(
            "interpretation",
            "没有政策解读，文件和解读须一并起草、审签、发布；请添加解读，或者写明免予解读的理由",
        )
    releasing = entry.state in dossiers.READY
    for each in found:
        state = EntryState(each.entry.state)
        if state is EntryState.PUBLISHED or state in dossiers.READY:
            continue
        if releasing:
            said = f"解读《{each.entry.title}》“{state.label}”，签发后才能与文件一并发布"
            yield Obstacle("interpretation", said)
        elif state is EntryState.DRAFT:
            said = f"解读《{each.entry.title}》还没有送审，请与文件一并送审，或者作废"
            yield Obstacle("interpretation", said)


def _document_not_ready(text: Entry | None, at: datetime) -> Iterator[Obstacle]:
    if text is None or text.live:
        return
    state = EntryState(text.state)
    if state not in dossiers.READY:
        yield Obstacle("record", f"原文“{state.label}”，解读与原文一并发布，请等原文签发")
    elif state is EntryState.SCHEDULED and text.scheduled_at and text.scheduled_at > at:
        when = timezone.localtime(text.scheduled_at)
        yield Obstacle("record", f"原文定时于{when:%Y-%m-%d %H:%M}发布，解读随原文一并发布")
