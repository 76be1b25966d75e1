"""The year's figures of the chapter: each with what it is made of and the records behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy

from gongkai.engagement import statistics
from gongkai.engagement.lifecycle import InterviewKind, MessageState
from gongkai.engagement.lifecycle.messages import SETTLED
from gongkai.engagement.models import Message, OpinionMatter
from gongkai.engagement.queries import OPINION_RECORDERS, OPINION_VIEWERS
from gongkai.engagement.staff.access import EngagementView
from gongkai.orgs.queries import Official

_MOST_SHOWN = 500
_YEARS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, its value, of how many, how it is worked out, the records behind."""

    label: str
    value: str
    made_of: str
    behind: tuple[tuple[str, str], ...]
    left_out: int = 0


class FiguresView(EngagementView):
    """The figures of a year of every organ the person sees."""

    template_name = "engagement/figures.html"
    page_title = "互动交流统计"
    header_icon = "list-ul"
    home = {"url": reverse_lazy("engagement:figures"), "label": "互动交流统计"}

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the year asked for, this one unless told."""
        today = self.person.today
        years = list(range(today.year, today.year - _YEARS, -1))
        asked = request.GET.get("year", "")
        year = int(asked) if asked in {str(each) for each in years} else today.year
        start, end = date(year, 1, 1), min(date(year, 12, 31), today)
        found = figures(self.organ_ids, start, end)
        if (keeper := self._keeper).sees_any:
            ids = list(keeper.sees.values_list("pk", flat=True))
            found += matters(ids, start, end, keeper.now)
        context = self.get_context_data(figures=found, years=years, year=year, end=end)
        return self.render_to_response(context)

    @property
    def _keeper(self) -> Official:
        """The person as far as the register of public opinion is open to them."""
        return Official(self.request.user, self.person.now, OPINION_RECORDERS, OPINION_VIEWERS)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return super().get_breadcrumbs_items()[:-1]


def figures(ids: list[int], start: date, end: date) -> list[Figure]:
    """Return the figures of a period for some organs, but for those of public opinion."""
    return [
        *_messages(ids, start, end),
        *_surveys(ids, start, end),
        *_interviews(ids, start, end),
    ]


def _messages(ids: list[int], start: date, end: date) -> list[Figure]:
    rows = list(statistics.messages_received(ids, start, end).order_by("received_on", "number"))
    answered = [each for each in rows if each.state in SETTLED]
    on_time = [each for each in answered if each.answered_on and each.answered_on <= each.due_on]
    public = [each for each in answered if each.state == MessageState.PUBLISHED]
    sums = statistics.message_figures(ids, start, end)
    mean = "—" if sums.days is None else f"{sums.days:.1f}天"
    shares = f"按期答复{sums.on_time}条 ÷ 已答复{sums.answered}条"
    spent = f"已答复{sums.answered}条，从收到到答复的天数"
    return [
        _of_messages("收到留言", rows, f"{sums.received}条", "期间收到的留言"),
        _of_messages("办结留言", answered, f"{sums.answered}条", "期间收到、已经答复的留言"),
        _of_messages("按期答复率", on_time, sums.on_time_rate or "—", shares),
        _of_messages("平均办理时间", answered, mean, spent),
        _of_messages("公开答复", public, f"{sums.public}条", "留言人同意并已公开的答复"),
    ]


def _surveys(ids: list[int], start: date, end: date) -> list[Figure]:
    begun = statistics.surveys_begun(ids, start, end).order_by("opens_on", "pk")
    told = statistics.surveys_with_results(ids, start, end).order_by("results_on", "pk")
    found = []
    for label, rows, made_of in (
        ("网上调查", begun, "期间开始的调查"),
        ("公布调查结果", told, "期间公布结果的调查"),
    ):
        pairs = [(row.title, reverse("engagement:survey", args=[row.pk])) for row in rows]
        found.append(_figure(label, f"{len(pairs)}期", made_of, pairs))
    return found


def _interviews(ids: list[int], start: date, end: date) -> list[Figure]:
    asked, told = statistics.questions_asked(ids, start, end)
    received, answered = asked.count(), told.count()
    made_of = f"期间访谈收到的网上提问{received}条，其中已经回答的"
    return [
        _held("在线访谈", ids, start, end, InterviewKind.INTERVIEW),
        _figure("访谈收到网民留言", f"{received}条", "期间访谈收到的网上提问", ()),
        _figure("访谈答复网民提问", f"{answered}条", made_of, ()),
        _held("新闻发布会", ids, start, end, InterviewKind.PRESS),
    ]


def _of_messages(label: str, rows: list[Message], value: str, made_of: str) -> Figure:
    pairs = ((row.number, reverse("engagement:message", args=[row.pk])) for row in rows)
    return _figure(label, value, made_of, pairs)


def _held(label: str, ids: list[int], start: date, end: date, kind: InterviewKind) -> Figure:
    rows = statistics.interviews_held(ids, start, end, kind).order_by("held_at", "pk")
    pairs = ((row.theme, reverse("engagement:interview", args=[row.pk])) for row in rows)
    return _figure(label, f"{rows.count()}期", "期间举行并公布实录的", pairs)


def matters(ids: list[int], start: date, end: date, now: datetime) -> list[Figure]:
    """Return the figures of public opinion of a period for some organs."""
    responded = statistics.opinion_responded(ids, start, end).order_by("found_at", "pk")
    found = [
        _figure("回应政务舆情", f"{responded.count()}次", "期间发现、已经回应的", _links(responded))
    ]
    for each in statistics.opinion_figures(ids, start, end, now):
        made_of = f"{each.hours}小时内{len(each.met)}件 ÷ 到期或者已回应{len(each.due)}件"
        label = f"舆情{each.label}按时率"
        found.append(_figure(label, each.rate or "—", made_of, _links(each.due)))
    return found


def _links(rows: Iterable[OpinionMatter]) -> Iterable[tuple[str, str]]:
    return ((row.number, reverse("engagement:opinion", args=[row.pk])) for row in rows)


def _figure(label: str, value: str, made_of: str, pairs: Iterable[tuple[str, str]]) -> Figure:
    behind = tuple(pairs)
    return Figure(label, value, made_of, behind[:_MOST_SHOWN], max(0, len(behind) - _MOST_SHOWN))
