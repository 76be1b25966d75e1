"""Screens of the answers often asked for: the list, drafting one, confirming one."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from wagtail.admin.widgets.button import HeaderButton

from gongkai.disclosure.models.entries import EntryState
from gongkai.engagement import actions, queries
from gongkai.engagement.models import Faq
from gongkai.engagement.staff.record_forms import FaqForm
from gongkai.engagement.staff.record_screens import Act, ActScreen, AddScreen, Line, ListScreen

_FAQS = {"url": reverse_lazy("engagement:faqs"), "label": "常见问题"}


class FaqsView(ListScreen):
    """The answers often asked for, longest unchecked first."""

    page_title = "常见问题"
    header_icon = "help"
    home = _FAQS
    url_name = "faqs"
    heads = ("问题", "答问机关", "稿件状态", "最近核对", "")
    empty = "问答库还没有内容。可以从已经答复的留言收入，也可以直接起草。"
    note = "点问题打开稿件，送审、发布、修订与普通信息相同。公开的问答至少每半年核对一次。"

    def rows(self, standing: str) -> QuerySet[Faq]:
        """Return them."""
        return queries.faqs_of(self.organ_ids)

    def line(self, row: Faq) -> Line:
        """Return one as the list shows it."""
        state = EntryState(row.entry.state).label if row.entry else "—"
        stale = queries.is_faq_stale(row, self.person.today)
        url = reverse("disclosure:entry", args=[row.entry_id]) if row.entry_id else ""
        confirm = None
        if row.entry is not None and row.entry.live and self.person.may_act_for(row.organ_id):
            confirm = Act("核对无误", reverse("engagement:confirm_faq", args=[row.pk]))
        cells = (row.organ.short_name, state, row.checked_on.isoformat(), confirm or "")
        return Line(url, row.question, cells, bad="该核对了" if stale else "")

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new one to those who may."""
        if not self.person.acts_for.exists():
            return []
        return [HeaderButton("起草问答", url=reverse("engagement:draft_faq"), icon_name="plus")]


class DraftFaqView(AddScreen):
    """Draft a question with its answer."""

    page_title = "起草问答"
    header_icon = "help"
    home = _FAQS
    done = "已在“常见问题”栏目生成稿件，请核对送审。"

    def form(self, *args: Any) -> FaqForm:
        """Return the form."""
        return FaqForm(*args, organs=self.person.acts_for)

    def make(self, form: FaqForm) -> Faq:
        """Draft it."""
        return actions.draft_faq(**form.cleaned_data, **self.who)


class ConfirmFaqView(ActScreen):
    """Put down that an answer still holds."""

    page_title = "核对无误"
    header_icon = "help"
    home = _FAQS
    done = "已登记核对日期。"
    hint = "答案与现行规定不一致的，请修订稿件，不要点核对无误。"
    missing = "没有这条问答，或者您无权查看。"

    def find(self, pk: int) -> Faq | None:
        """Return the question among those the person sees."""
        return queries.find_faq(pk, self.organ_ids)

    def page_of(self, row: Faq) -> str:
        """Return the list: a question has no page of its own here."""
        return str(self.home["url"])

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing between the list and this."""
        return []

    def told(self, row: Faq) -> str:
        """Return the question with its public answer."""
        return f"{row.question}\n{row.entry.published.text if row.entry.published else ''}"

    def form(self, row: Faq, *args: Any) -> forms.Form:
        """Return an empty form: to confirm is all."""
        return forms.Form(*args)

    def take(self, row: Faq, form: forms.Form) -> None:
        """Confirm it."""
        actions.confirm_faq(row, **self.who)
