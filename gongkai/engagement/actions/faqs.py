"""Verbs on the answers often asked for: draft as an entry, confirm that an answer still holds."""

from datetime import datetime
from html import escape

from django.db import transaction

from gongkai.audit import Actor
from gongkai.engagement.actions import steps
from gongkai.engagement.actions.texts import FAQS, begin_text
from gongkai.engagement.lifecycle import Refused, ToldWrongly
from gongkai.engagement.lifecycle.messages import SETTLED
from gongkai.engagement.models import Faq, Message
from gongkai.engagement.rules import used
from gongkai.engagement.rules.messages import refuse_personal
from gongkai.orgs.models import Organ


@transaction.atomic
def draft_faq(
    organ: Organ,
    *,
    question: str,
    answer: str,
    message: Message | None = None,
    by: Actor,
    at: datetime,
) -> Faq:
    """Draft a question with its answer; the text takes the road of every publication.

    `message` is the one that asked it; its writer is not named.

    Raises:
        ToldWrongly: a text is missing, holds personal data, or the question stands already.
        Refused: the message has no answer, or the site has no section for it.
        DisclosureError: the text is refused.
    """
    question = " ".join(used(question, "faq_question").split())
    answer = used(answer, "faq_answer")
    if message is not None and message.state not in SETTLED:
        raise Refused("留言还没有答复，答复以后再收入问答库。")
    who = message.who if message is not None else ()
    texts = {"faq_question": question, "faq_answer": answer}
    refuse_personal(texts, who, allowed=(organ.phone,))
    if Faq.objects.filter(organ=organ, question=question, entry__live=True).exists():
        raise ToldWrongly("问答库中已有这个问题，请修订原来的问答", "question")
    row = Faq.objects.create(
        organ=organ,
        question=question,
        message=message,
        checked_on=steps.local_day(at),
        checked_by=by.name,
        drafted_at=at,
    )
    lines = [line.strip() for line in answer.split("\n") if line.strip()]
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    row.entry = begin_text(organ, FAQS, question, body, row.typed_id, by, at)
    row.save(update_fields=["entry"])
    after = {"question": question, "entry": row.entry.record_id}
    after |= {"message": message.number} if message is not None else {}
    _log("draft_faq", row, by, at, after=after)
    return row


@transaction.atomic
def confirm_faq(faq: Faq, *, by: Actor, at: datetime) -> Faq:
    """Put down that an answer still holds as it stands.

    Raises:
        Refused: it is not public.
    """
    rows = Faq.objects.select_for_update(of=("self",)).select_related("organ", "entry")
    held = rows.get(pk=faq.pk)
    if held.entry is None or not held.entry.live:
        raise Refused("这条问答没有公开，公开以后再核对。")
    before = {"checked_on": held.checked_on.isoformat()}
    held.checked_on, held.checked_by = steps.local_day(at), by.name
    held.save(update_fields=["checked_on", "checked_by"])
    after = {"checked_on": held.checked_on.isoformat()}
    _log("confirm_faq", held, by, at, before=before, after=after)
    return held


def _log(verb: str, row: Faq, by: Actor, at: datetime, **values: object) -> None:
    steps.note(verb, row.typed_id, row.organ, f"常见问题“{row.question}”", by, at, **values)
