"""What reminders say: number, organ, what is due and the way to the case; never who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from gongkai.adapters.mail import Letter
from gongkai.inforequests.rules.reminders import Occasion

_MOST_LINES = 50
_PLATFORM = "政务公开平台"
_FOOT = "本邮件由政务公开平台自动发送，请勿回复。申请人信息和申请内容请登录平台查看。"


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a message."""

    occasion: Occasion
    number: str
    organ: str
    words: str
    case: str


def as_letter(to: str, lines: Sequence[Line], *, message_id: str, at: datetime) -> Letter:
    """Return the reminders for one person as one letter, most urgent first, 50 told in full."""
    by_urgency = _sorted(lines)
    counts = _counts(by_urgency)
    if len(by_urgency) == 1:
        subject = f"【政务公开】{counts[0][0].label}：申请{by_urgency[0].number}"
    else:
        told = "、".join(f"{count}件{occasion.label}" for occasion, count in counts[:3])
        subject = f"【政务公开】{told}{'等' if len(counts) > 3 else ''}"
    parts = [f"以下{len(by_urgency)}件政府信息公开申请需要办理：", ""]
    heading = None
    for line in by_urgency[:_MOST_LINES]:
        if line.occasion is not heading:
            heading = line.occasion
            parts += [f"■ {heading.label}（{dict(counts)[heading]}件）"]
        parts += [f"　{line.number}（{line.organ}）：{line.words}", f"　{_link(line.case)}"]
    if len(by_urgency) > _MOST_LINES:
        more = len(by_urgency) - _MOST_LINES
        parts += ["", f"另有{more}件，见平台的依申请公开：{_list_link()}"]
    parts += ["", _FOOT]
    return Letter(to, subject, "\n".join(parts), message_id=message_id, at=at)


def as_text(lines: Sequence[Line], today: date) -> str:
    """Return the reminders for one person as one short message.

    The day is told, because a gateway drops the same words to the same phone.
    """
    by_urgency = _sorted(lines)
    day = f"{today.month}月{today.day}日"
    if len(by_urgency) == 1:
        line = by_urgency[0]
        return f"【政务公开】{day}：申请{line.number}（{line.organ}）{line.words}。"
    told = "、".join(f"{count}件申请{each.label}" for each, count in _counts(by_urgency))
    return f"【政务公开】{day}：{told}，请登录{_PLATFORM}办理。"


def as_aside_letter(to: str, organ: str, count: int, *, at: datetime) -> Letter:
    """Return the letter that tells of mails put aside for a person to read."""
    link = _absolute(reverse("inforequests:mails"))
    text = (
        f"{organ}有{count}封来信邮件没有能够自动登记，请立即人工处理："
        f"来信可能是政府信息公开申请（第三十一条）。\n{link}\n\n{_FOOT}"
    )
    return Letter(to, f"【政务公开】{count}封来信邮件待人工处理（{organ}）", text, at=at)


def _sorted(lines: Sequence[Line]) -> list[Line]:
    order = list(Occasion)
    return sorted(lines, key=lambda line: (order.index(line.occasion), line.number))


def _counts(lines: Sequence[Line]) -> list[tuple[Occasion, int]]:
    found: dict[Occasion, int] = {}
    for line in lines:
        found[line.occasion] = found.get(line.occasion, 0) + 1
    return list(found.items())


def _link(case: str) -> str:
    return _absolute(reverse("inforequests:record", args=[case]))


def _list_link() -> str:
    return _absolute(reverse("inforequests:index"))


def _absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
