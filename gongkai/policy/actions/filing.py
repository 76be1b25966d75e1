"""Filing (备案) of rules and normative documents with the authority above."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.policy import rules
from gongkai.policy.actions import steps
from gongkai.policy.lifecycle import DocumentEvent
from gongkai.policy.models import PolicyDocument
from gongkai.policy.rules import DocumentKind

LONGEST_NUMBER = 60


@transaction.atomic
def file_document(
    document: PolicyDocument, *, filed_on: date, filing_number: str, by: Actor, at: datetime
) -> PolicyDocument:
    """Record that a document was filed and under which number; a later record puts it right.

    Raises:
        DocumentRefused: the day lies before publication or in the future, or the number is blank.
        NotAllowedNow: it is not public, or of a kind that is not filed.
    """
    held = steps.hold(document)
    steps.next_state(held, DocumentEvent.FILE)
    if held.kind == DocumentKind.OTHER:
        raise rules.NotAllowedNow("只有规章和行政规范性文件须备案")
    number = " ".join(filing_number.split())
    if not number or len(number) > LONGEST_NUMBER:
        raise steps.refused("filing_number", f"请填写备案号，不得超过{LONGEST_NUMBER}个字")
    if held.published_on is None or filed_on < held.published_on:
        raise steps.refused("filed_on", f"备案日期不得早于公布日期（{held.published_on}）")
    if filed_on > timezone.localdate(at):
        raise steps.refused("filed_on", "备案日期不得晚于今天")
    before = {
        "filed_on": held.filed_on.isoformat() if held.filed_on else None,
        "filing_number": held.filing_number,
    }
    held.filed_on, held.filing_number = filed_on, number
    held.save(update_fields=["filed_on", "filing_number"])
    after = {"filed_on": filed_on.isoformat(), "filing_number": number}
    steps.record("file_document", held, by, at, before=before, after=after)
    return held
