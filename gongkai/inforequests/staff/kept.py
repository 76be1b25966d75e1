"""What comes back to the desk: withheld items to look at again (Art. 18), mails put aside."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.inforequests.actions.reviews import review_withheld
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.models import IncomingMail, MailState, RequestItem
from gongkai.inforequests.queries import TAKERS
from gongkai.inforequests.staff.access import CaseScreen, RequestsView
from gongkai.inforequests.staff.fields import day_field, text_field
from gongkai.inforequests.staff.forms.base import yes_or_no
from gongkai.statute.grounds import Ground

PAGE = 50


class WithheldDueView(RequestsView):
    """The withheld items that are due to be looked at again, the longest due first."""

    template_name = "inforequests/withheld_due.html"
    page_title = "不公开信息的再次评估"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of them."""
        found = (
            RequestItem.objects.filter(
                review_on__isnull=False, info_request__organ_id__in=self.person.sees
            )
            .select_related("info_request__organ")
            .order_by("review_on", "pk")
        )
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        for item in page.object_list:
            item.ground_label = Ground(item.ground).label if item.ground else ""
        return self.render_to_response(
            self.get_context_data(items=page, today=self.person.today, told="")
        )


class WithheldForm(forms.Form):
    """What the office finds when it looks at a withheld item again."""

    on = day_field("评估日期")
    still = yes_or_no("评估结论", "仍然不予公开", "可以公开")
    why = text_field("评估意见", rows=3)
    next_on = day_field("下次评估日期", required=False, help_text="仍然不予公开的填写")


class WithheldView(CaseScreen):
    """The form by which a withheld item is looked at again (Art. 18)."""

    template_name = "inforequests/withheld.html"
    page_title = "登记再次评估"

    def prepare(self, pk: UUID, place: int) -> None:
        """Find the item and refuse whose posts do not handle the case."""
        self.info_request = self.case(pk)
        self.allow_handling(self.info_request)
        items = self.info_request.items.filter(place=place, review_on__isnull=False)
        self.item = items.first() or _nowhere()

    def get(self, request: HttpRequest, pk: UUID, place: int) -> HttpResponse:
        """Show the empty form."""
        self.prepare(pk, place)
        return self.show(WithheldForm(initial={"on": self.person.today}))

    def post(self, request: HttpRequest, pk: UUID, place: int) -> HttpResponse:
        """Record what was found, or show the form again with what is wrong."""
        self.prepare(pk, place)
        form = WithheldForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            review_withheld(self.item, **form.cleaned_data, **self.who)
        except RequestError as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show(form)
        messages.success(request, "已登记再次评估")
        return redirect("inforequests:record", pk)

    def show(self, form: WithheldForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context: dict[str, Any] = self.get_context_data(
            info_request=self.info_request, item=self.item, form=form, media=form.media
        )
        return self.render_to_response(context, status=422 if form.errors else 200)


class MailsView(RequestsView):
    """The mails to the organs' request mailboxes; those put aside wait for a person."""

    template_name = "inforequests/mails.html"
    page_title = "来信邮件"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Refuse those who take in no requests: a mail tells who asks."""
        if not self.person.organs_as(TAKERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page: those put aside, or all when asked for."""
        everything = request.GET.get("all") == "1"
        found = IncomingMail.objects.filter(organ_id__in=self.person.organs_as(TAKERS))
        if not everything:
            found = found.filter(state=MailState.ASIDE)
        page = Paginator(found.select_related("organ", "info_request"), PAGE)
        return self.render_to_response(
            self.get_context_data(
                items=page.get_page(request.GET.get("p")),
                everything=everything,
                told="all=1" if everything else "",
            )
        )


def _nowhere() -> RequestItem:
    raise Http404("没有这一项需要再次评估的信息。")
