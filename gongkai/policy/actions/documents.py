"""Verbs on one document: register, correct, publish, withdraw."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.policy import queries, rules
from gongkai.policy.actions import discarding, steps
from gongkai.policy.lifecycle import DocumentEvent, DocumentState
from gongkai.policy.models import JointIssuer, PolicyDocument, Relation
from gongkai.policy.rules import Description


@transaction.atomic
def register_document(
    organ: Organ, *, description: Description, by: Actor, at: datetime
) -> PolicyDocument:
    """Register a document that `organ`, as lead, has made (本年新制作); it is not public yet.

    Raises:
        DocumentRefused: fields are wrong, or the organ has the number already.
    """
    Organ.objects.select_for_update(no_key=True).get(pk=organ.pk)  # one number at a time
    document = PolicyDocument(
        county_id=organ.county_id or organ.pk,
        organ=organ,
        registered_by=by.name,
        registered_by_account=by.account,
        registered_at=at,
    )
    tidied = _checked(document, description, at)
    describe(document, tidied)
    document.save(force_insert=True)
    save_issuers(document, tidied.joint_issuers)
    steps.record("register_document", document, by, at, after=queries.logged(document))
    return document


@transaction.atomic
def correct(
    document: PolicyDocument, *, description: Description, reason: str, by: Actor, at: datetime
) -> PolicyDocument:
    """Put right what was registered of a document; the old values stay in the log.

    Raises:
        ReasonMissing: `reason` is blank or too long.
        DocumentRefused: fields are wrong, or the new dates cross publication or relations.
        NotAllowedNow: the registration was withdrawn.
    """
    reason = steps.read_reason(reason)
    held = steps.hold(document)
    steps.next_state(held, DocumentEvent.CORRECT)
    before = queries.logged(held)
    tidied = _checked(held, description, at)
    if held.state == DocumentState.PUBLISHED and held.entry_id is not None:
        _refuse_other_text(held, tidied)
    describe(held, tidied)
    if held.published_on and held.published_on < held.formed_on:
        raise steps.refused(
            "formed_on", f"成文日期不得晚于公开日期（{held.published_on:%Y-%m-%d}）"
        )
    if any(found.effective_on < held.formed_on for found in queries.standing_acts_on(held)):
        raise steps.refused("formed_on", "成文日期不得晚于该文件已登记的修改或废止的生效日期")
    first_act = queries.first_act_by(held)
    if first_act is not None and first_act < held.formed_on:
        raise steps.refused("formed_on", "成文日期不得晚于该文件修改或废止其他文件的生效日期")
    held.save()
    save_issuers(held, tidied.joint_issuers)
    after = queries.logged(held)
    steps.record("correct", held, by, at, before=before, after=after, reason=reason)
    return held


@transaction.atomic
def publish(
    document: PolicyDocument, *, published_on: date, by: Actor, at: datetime
) -> PolicyDocument:
    """Record the day on which a document was made public; it may lie in the past.

    Raises:
        DocumentRefused: the day lies before the document was formed, or in the future.
        NotAllowedNow: it is public already, or its registration was withdrawn.
    """
    held = steps.hold(document)
    arrow = steps.next_state(held, DocumentEvent.PUBLISH)
    if held.entry_id is not None:
        raise rules.NotAllowedNow("这份文件的正文在本系统审签，正文发布时自动登记公开日期")
    if published_on < held.formed_on:
        raise steps.refused(
            "published_on", f"公开日期不得早于成文日期（{held.formed_on:%Y-%m-%d}）"
        )
    if published_on > timezone.localdate(at):
        raise steps.refused("published_on", "公开日期不得晚于今天")
    held.state, held.published_on = arrow, published_on
    held.save(update_fields=["state", "published_on"])
    after = {"state": str(held.state), "published_on": published_on.isoformat()}
    before = {"state": str(DocumentState.MADE), "published_on": None}
    steps.record("publish", held, by, at, before=before, after=after)
    return held


@transaction.atomic
def withdraw_document(
    document: PolicyDocument, *, reason: str, by: Actor, at: datetime
) -> PolicyDocument:
    """Withdraw the registration of a document that was registered in error and never published.

    A text in hand is put away with it.

    Raises:
        ReasonMissing: `reason` is blank or too long.
        NotAllowedNow: it is public, withdrawn, or amends or repeals another document.
    """
    reason = steps.read_reason(reason)
    held = steps.hold(document)
    arrow = steps.next_state(held, DocumentEvent.WITHDRAW)
    before = {"state": str(held.state)}
    discarding.put_away(held, why=reason, by=by, at=at)
    if Relation.objects.filter(source=held, cancelled_at__isnull=True).exists():
        raise rules.NotAllowedNow("该文件修改或废止了其他文件，请先撤销这些登记")
    held.state = arrow
    held.save(update_fields=["state"])
    after = {"state": str(held.state)}
    steps.record("withdraw_document", held, by, at, before=before, after=after, reason=reason)
    return held


def _checked(document: PolicyDocument, description: Description, at: datetime) -> Description:
    tidied = rules.tidy(description)
    refuse_outside_life(document.organ, tidied, at)
    organ = document.organ
    twin = queries.numbered(organ, tidied.document_number, other_than=document.pk)
    if twin is not None:
        raise steps.refused(
            "document_number",
            f"{organ.short_name}已登记{tidied.document_number}《{twin.title}》，请核对发文字号",
        )
    return tidied


def refuse_outside_life(organ: Organ, tidied: Description, at: datetime) -> None:
    """Refuse a document formed in the future or when its organ did not exist."""
    if tidied.formed_on > timezone.localdate(at):
        raise steps.refused("formed_on", "成文日期不得晚于今天")
    if tidied.formed_on < organ.valid_from:
        raise steps.refused(
            "formed_on",
            f"{organ.short_name}于{organ.valid_from:%Y-%m-%d}设立，成文日期不得早于设立",
        )
    if organ.valid_to is not None and tidied.formed_on >= organ.valid_to:
        raise steps.refused(
            "formed_on", f"{organ.short_name}已于{organ.valid_to:%Y-%m-%d}撤销，不能再制发文件"
        )


def _refuse_other_text(document: PolicyDocument, told: Description) -> None:
    """Refuse to say otherwise than the public text: that is put right by revising it."""
    for field, said in (
        ("title", "标题"),
        ("document_number", "发文字号"),
        ("formed_on", "成文日期"),
    ):
        if getattr(told, field) != getattr(document, field):
            raise steps.refused(field, f"{said}以公开的正文为准，请修订正文并重新审核发布")


def describe(document: PolicyDocument, description: Description) -> None:
    """Write what is registered; the row is not saved here."""
    document.kind = description.kind
    document.title = description.title
    document.document_number = description.document_number
    document.formed_on = description.formed_on
    document.effective_on = description.effective_on
    document.ends_on = description.ends_on


def save_issuers(document: PolicyDocument, names: tuple[str, ...]) -> None:
    """Write the other organs that issued it, with their rows where they have one."""
    document.joint_issuers.all().delete()
    known = queries.organs_named(document.organ, names)
    JointIssuer.objects.bulk_create(
        JointIssuer(document=document, name=name, organ=known.get(name), order=order)
        for order, name in enumerate(names, start=1)
    )
