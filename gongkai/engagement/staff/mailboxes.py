"""Screens of leaders' mailboxes: the list, opening and closing one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from wagtail.admin.widgets.button import HeaderButton

from gongkai.engagement import actions, queries
from gongkai.engagement.models import Mailbox
from gongkai.engagement.staff.record_forms import MailboxForm, WhyForm
from gongkai.engagement.staff.record_screens import ActScreen, AddScreen, Line, ListScreen
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import existing_between, organs_of

_BOXES = {"url": reverse_lazy("engagement:mailboxes"), "label": "领导信箱"}


class MailboxesView(ListScreen):
    """The leaders' mailboxes of the counties the person sees."""

    page_title = "领导信箱"
    header_icon = "mail"
    home = _BOXES
    url_name = "mailboxes"
    heads = ("信箱", "姓名", "职务", "办理机关", "开通", "关闭")
    empty = "还没有开通领导信箱。"
    note = "来信在“咨询投诉”中办理。领导不再任职的，关闭原来的信箱，另开新的。"

    def rows(self, standing: str) -> QuerySet[Mailbox]:
        """Return the mailboxes."""
        rows = Mailbox.objects.filter(county_id__in=self.organ_ids).select_related("organ")
        return rows.order_by("closed_on", "place", "pk")

    def line(self, row: Mailbox) -> Line:
        """Return a mailbox as the list shows it."""
        url = ""
        if row.closed_on is None and self.person.may_act_for(row.county_id):
            url = reverse("engagement:close_mailbox", args=[row.pk])
        cells = (
            row.holder,
            row.post,
            row.organ.short_name,
            str(row.opened_on),
            str(row.closed_on or ""),
        )
        return Line(url, f"{row.name}（关闭）" if url else row.name, cells)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new mailbox to those who may."""
        if not queries.counties_among(self.person.acts_for):
            return []
        url = reverse("engagement:open_mailbox")
        return [HeaderButton("开通信箱", url=url, icon_name="plus")]


class OpenMailboxView(AddScreen):
    """Open a leader's mailbox."""

    page_title = "开通领导信箱"
    header_icon = "mail"
    home = _BOXES
    done = "已开通。"

    def county(self) -> Organ:
        """Return the county that the person keeps; refuse those who keep none."""
        kept = queries.counties_among(self.person.acts_for)
        if not kept:
            raise PermissionDenied
        return kept[0]

    def form(self, *args: Any) -> MailboxForm:
        """Return the form with the organs of the county."""
        today = self.person.today
        organs = organs_of(self.county()).filter(existing_between(today, today))
        return MailboxForm(*args, organs=organs)

    def make(self, form: MailboxForm) -> Mailbox:
        """Open it."""
        return actions.open_mailbox(self.county(), **form.cleaned_data, **self.who)


class CloseMailboxView(ActScreen):
    """Close a mailbox."""

    page_title = "关闭领导信箱"
    header_icon = "mail"
    home = _BOXES
    done = "已关闭。"
    missing = "没有这个信箱，或者您无权查看。"

    def find(self, pk: int) -> Mailbox | None:
        """Return the mailbox among those the person sees."""
        rows = Mailbox.objects.filter(pk=pk, county_id__in=self.organ_ids)
        return rows.select_related("county").first()

    def to_change(self, pk: int) -> Mailbox:
        """Return a mailbox of a county that the person keeps."""
        found: Mailbox = self.seen(pk)
        if not self.person.may_act_for(found.county_id):
            raise PermissionDenied
        return found

    def page_of(self, row: Mailbox) -> str:
        """Return the list: a mailbox has no page of its own."""
        return str(self.home["url"])

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing between the list and this."""
        return []

    def form(self, row: Mailbox, *args: Any) -> WhyForm:
        """Return the form."""
        return WhyForm(*args)

    def take(self, row: Mailbox, form: WhyForm) -> None:
        """Close it."""
        actions.close_mailbox(row, why=form.cleaned_data["why"], **self.who)
