"""Screens of messages: the list, one message, its acts."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy

from gongkai.engagement import actions, queries
from gongkai.engagement.lifecycle import MessageEvent, MessageState
from gongkai.engagement.lifecycle.messages import OPEN, SETTLED, open_events
from gongkai.engagement.models import Message
from gongkai.engagement.staff.forms import PassOnForm
from gongkai.engagement.staff.record_forms import (
    ClassifyForm,
    DeclineForm,
    FaqForm,
    PublishMessageForm,
    ReplyForm,
    WhyForm,
)
from gongkai.engagement.staff.record_screens import (
    Act,
    ActScreen,
    Fact,
    Line,
    ListScreen,
    RecordScreen,
    Step,
)

_HOME = {"url": reverse_lazy("engagement:messages"), "label": "咨询投诉"}
_ACTS = {
    MessageEvent.ANSWER: "answer_message",
    MessageEvent.PUBLISH: "publish_message",
    MessageEvent.PASS_ON: "pass_message_on",
    MessageEvent.CLASSIFY: "classify_message",
    MessageEvent.DECLINE: "decline_message",
    MessageEvent.TAKE_OFF: "take_message_off",
}
_MAIN = (MessageEvent.ANSWER, MessageEvent.PUBLISH)


class MessagesView(ListScreen):
    """The messages of every organ the person sees: those that wait, worst first."""

    page_title = "咨询投诉"
    header_icon = "mail"
    home = _HOME
    url_name = "messages"
    tabs = (("", "待答复"), ("answered", "已答复"), ("public", "已公开"), ("declined", "不予办理"))
    heads = ("编号", "标题", "类型", "办理机关", "收到", "答复期限")
    empty = "没有这样的留言。公众在“咨询投诉”和“领导信箱”写的信会出现在这里。"

    def rows(self, standing: str) -> QuerySet[Message]:
        """Return the messages of a standing."""
        return queries.messages_of(self.organ_ids, standing)

    def line(self, row: Message) -> Line:
        """Return a message as the list shows it."""
        today, waits = self.person.today, row.state in OPEN
        late = queries.is_message_late(row, today)
        due = f"{row.due_on}{'（推算）' if row.provisional else ''}"
        return Line(
            url=reverse("engagement:message", args=[row.pk]),
            title=row.number,
            cells=(
                row.title,
                row.get_kind_display(),
                row.organ.short_name,
                row.received_on.isoformat(),
                due,
            ),
            bad=("已超期" if waits else "超期答复") if late else "",
        )


class MessageScreen(RecordScreen):
    """A screen of one message."""

    header_icon = "mail"
    home = _HOME
    url_name = "message"
    missing = "没有这条留言，或者您无权查看。"

    def find(self, pk: UUID) -> Message | None:
        """Return the message among those the person sees."""
        return queries.find_message(pk, self.organ_ids)


class MessageView(MessageScreen):
    """One message: what was written, the term, the answer, the steps."""

    template_name = "engagement/message_record.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the message; who wrote it stays hidden until asked for."""
        return self.show(self.seen(pk))

    def show(self, row: Message, who: tuple[str, str] | None = None) -> HttpResponse:
        """Show the message, with its writer when that was asked for and logged."""
        self.page_title = f"留言 {row.number}"
        may = self.person.may_act_for(row.organ_id)
        late = row.state in OPEN and queries.is_message_late(row, self.person.today)
        context = self.get_context_data(
            row=row,
            who=who,
            may_act=may,
            warnings=["已超过答复期限，请立即答复。"] if late else [],
            acts=_acts(row) if may else [],
            facts=_facts(row, self.person.today),
            steps=_steps(row),
        )
        return self.render_to_response(context)

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing: this is the message's own page."""
        return []


class AskerView(MessageView):
    """Show who wrote a message; each showing is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Log the showing and show the message with its writer."""
        row = self.to_change(pk)
        return self.show(row, actions.show_asker(row, **self.who))


def _acts(row: Message) -> list[Act]:
    events = open_events(MessageState(row.state))
    found = [
        Act(event.label, reverse(f"engagement:{_ACTS[event]}", args=[row.pk]), event in _MAIN)
        for event in _ACTS
        if event in events and (event is not MessageEvent.PUBLISH or row.consent)
    ]
    if row.state in SETTLED:
        found.append(Act("收入问答库", reverse("engagement:faq_of_message", args=[row.pk])))
    return found


def _facts(row: Message, today: Any) -> list[Fact]:
    late = queries.is_message_late(row, today)
    bad = ("已超期" if row.state in OPEN else "超期答复") if late else ""
    term = f"{row.due_on}{'（推算）' if row.provisional else ''}，"
    term += "简单常见问题" if row.simple else "其他问题"
    facts = [
        Fact("状态", row.get_state_display()),
        Fact("标题", row.title),
        Fact("类型", row.get_kind_display()),
        Fact("内容", row.text),
        Fact("办理机关", row.organ.name),
        Fact("收到日期", row.received_on),
        Fact("答复期限", term, bad=bad),
        Fact("是否同意公开", "同意，隐去个人信息" if row.consent else "不同意，答复不能公开"),
    ]
    if row.mailbox is not None:
        facts.insert(4, Fact("写给", row.mailbox.name))
    if row.answered_on is not None:
        facts += [Fact("答复", row.answer), Fact("答复日期", row.answered_on)]
    if row.state == MessageState.PUBLISHED:
        facts.append(Fact("公开网页", row.public_title, url=row.address))
    return facts


def _steps(row: Message) -> list[Step]:
    return [
        Step(
            each.on.isoformat(),
            f"{each.get_event_display()}{f'：{each.to}' if each.to else ''}",
            "，".join(filter(None, (each.actor_name, each.actor_post))),
            each.words,
        )
        for each in queries.steps_of_message(row)
    ]


class MessageAct(MessageScreen, ActScreen):
    """The form of one act on one message."""

    def told(self, row: Message) -> str:
        """Return the message above the form."""
        return f"{row.number}（{row.get_kind_display()}）：{row.title}\n{row.text}"


class AnswerMessageView(MessageAct):
    """Answer it."""

    page_title = "答复"
    done = "已答复。留言人凭编号和查询码可以看到。"

    def form(self, row: Message, *args: Any) -> ReplyForm:
        """Return the form."""
        return ReplyForm(*args)

    def take(self, row: Message, form: ReplyForm) -> None:
        """Answer."""
        actions.answer_message(row, answer=form.cleaned_data["reply"], **self.who)


class DeclineMessageView(MessageAct):
    """Decline it."""

    page_title = "不予办理"
    done = "已登记不予办理，理由已告知留言人。"

    def form(self, row: Message, *args: Any) -> DeclineForm:
        """Return the form."""
        return DeclineForm(*args)

    def take(self, row: Message, form: DeclineForm) -> None:
        """Decline."""
        actions.decline_message(row, answer=form.cleaned_data["reply"], **self.who)


class PassMessageOnView(MessageAct):
    """Pass it on."""

    page_title = "转办"
    done = "已转办。答复期限不变。"

    def form(self, row: Message, *args: Any) -> PassOnForm:
        """Return the form with the organs of the county."""
        return PassOnForm(*args, organs=queries.organs_for_message(row, self.person.today))

    def take(self, row: Message, form: PassOnForm) -> None:
        """Pass it on."""
        told = form.cleaned_data
        actions.pass_message_on(row, to=told["to"], why=told["why"], **self.who)


class ClassifyMessageView(MessageAct):
    """Say which term it has."""

    page_title = "确定期限"
    done = "已确定答复期限。"

    def form(self, row: Message, *args: Any) -> ClassifyForm:
        """Return the form."""
        return ClassifyForm(*args, initial={"simple": "0" if row.simple else "1"})

    def take(self, row: Message, form: ClassifyForm) -> None:
        """Set the term."""
        actions.set_message_term(row, **form.cleaned_data, **self.who)


class PublishMessageView(MessageAct):
    """Make it public with its answer."""

    page_title = "公开答复"
    done = "已公开。"
    hint = "公开的内容由答复人以外的人核对，不得有留言人的姓名、电话、住址和其他个人信息。"

    def form(self, row: Message, *args: Any) -> PublishMessageForm:
        """Return the form with what is personal starred."""
        draft = queries.public_draft(row)
        return PublishMessageForm(
            *args, initial={f"public_{name}": words for name, words in draft.items()}
        )

    def take(self, row: Message, form: PublishMessageForm) -> None:
        """Publish."""
        told = form.cleaned_data
        actions.publish_message(
            row,
            title=told["public_title"],
            text=told["public_text"],
            answer=told["public_answer"],
            **self.who,
        )


class TakeMessageOffView(MessageAct):
    """Take it off the site."""

    page_title = "撤下公开的答复"
    done = "已撤下。"

    def form(self, row: Message, *args: Any) -> WhyForm:
        """Return the form."""
        return WhyForm(*args)

    def take(self, row: Message, form: WhyForm) -> None:
        """Take it off."""
        actions.take_message_off(row, why=form.cleaned_data["why"], **self.who)


class FaqOfMessageView(MessageAct):
    """Draft an answer often asked for out of it."""

    page_title = "收入问答库"
    done = "已在“常见问题”栏目生成稿件，请核对送审。"

    def form(self, row: Message, *args: Any) -> FaqForm:
        """Return the form with what is personal starred."""
        draft = queries.public_draft(row)
        given = {"organ": row.organ_id, "question": draft["title"], "answer": draft["answer"]}
        return FaqForm(*args, organs=self.person.acts_for, initial=given)

    def take(self, row: Message, form: FaqForm) -> None:
        """Draft it."""
        actions.draft_faq(**form.cleaned_data, message=row, **self.who)
