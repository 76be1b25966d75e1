"""Registering the policy documents among what is taken over, with what was said of validity.

Serves Art. 20 (1): the library shows them and their stamp. What the old site says by a word alone
(废止 without a day) is told in the report and left to people.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.disclosure.actions import ImportResult, import_entries
from gongkai.disclosure.models import Entry, SectionKind
from gongkai.policy import actions as policy
from gongkai.policy.models import PolicyDocument
from gongkai.policy.queries import numbered
from gongkai.portal.importing.texts import Text, last_valid_on

_DOCUMENTS = "zwgk/fdzdgknr/zcwj/"
_NORMATIVE = "gfxwj"
_IN_FORCE = ("有效", "现行有效", "继续有效", "是", "生效")
_REPEALED, _LAPSED = ("废止", "已废止", "否"), ("失效", "已失效", "无效")


class _Refused(Exception):
    """The text was refused, so its registration is taken back; carries the result."""


def is_document(text: Text) -> bool:
    """Say whether a text is a policy document: numbered, in a section of documents."""
    section = text.section
    return (
        bool(text.told.document_number)
        and section.kind == SectionKind.POLICY
        and section.path.startswith(_DOCUMENTS)
    )


def take_over(
    text: Text, notes: list[str], *, with_files: bool, by: Actor, at: datetime
) -> ImportResult:
    """Take over one document's text and registration; the text alone when that is refused."""
    try:
        with transaction.atomic():
            document = _registered(text, by, at)
            row = text.imported(record=document.record_id, with_files=with_files)
            result = import_entries(text.organ, [row], by=by, at=at, settle=False)
            if text.source not in result.made:
                raise _Refused(result)
            entry = Entry.objects.get(pk=result.made[text.source])
            policy.link_text(document, entry=entry, by=by, at=at)
            _end(document, text, notes, by, at)
            return result
    except _Refused as why:
        (result,) = why.args
        return result
    except policy.PolicyError as why:
        notes.append(f"未登记为政策文件：{why}")
    row = text.imported(with_files=with_files)
    return import_entries(text.organ, [row], by=by, at=at, settle=False)


def _registered(text: Text, by: Actor, at: datetime) -> PolicyDocument:
    """Return the document of the text: registered before without a text, or now."""
    told, old = text.told, text.old
    twin = numbered(text.organ, told.document_number, other_than=None)
    if twin is not None and twin.entry_id is None:
        return twin
    normative = text.section.slug == _NORMATIVE
    kinds = policy.DocumentKind
    ends = last_valid_on(old) if old.validity in _IN_FORCE else None
    document = policy.register_document(
        text.organ,
        description=policy.Description(
            kind=kinds.NORMATIVE if normative else kinds.OTHER,
            title=told.title,
            document_number=told.document_number,
            formed_on=told.formed_on,
            effective_on=old.effective_on,
            ends_on=ends,
            joint_issuers=told.joint_issuers,
        ),
        by=by,
        at=at,
    )
    published_on = timezone.localdate(text.published_at)
    return policy.publish(document, published_on=published_on, by=by, at=at)


def _end(document: PolicyDocument, text: Text, notes: list[str], by: Actor, at: datetime) -> None:
    """Record that it was repealed or lapsed, where the old site says since when."""
    said, ceased = text.old.validity, text.old.ceased_on
    if not said or said in _IN_FORCE:
        return
    if said not in (*_REPEALED, *_LAPSED):
        notes.append(f"有效性“{said[:40]}”不能识别，请核对后登记。")
        return
    if ceased is None:
        notes.append(f"原网站标为“{said}”，没有写明日期，请在政策文件中登记。")
        return
    try:
        with transaction.atomic():
            if said in _REPEALED:
                basis = "原网站标注为废止"
                policy.repeal(document, effective_on=ceased, basis=basis, by=by, at=at)
            else:
                last = last_valid_on(text.old) or ceased
                policy.lapse(document, last_on=last, reason="原网站标注为失效", by=by, at=at)
    except policy.PolicyError as why:
        notes.append(f"有效性“{said}”未能登记：{why}")
