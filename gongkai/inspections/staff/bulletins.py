"""Bulletins: list, a new one, one with figures and lists, files, issuing, publishing, signing."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from wagtail.admin import messages

from gongkai.inspections import actions, queries
from gongkai.inspections.lifecycle import BulletinPeriod, BulletinState, InspectionError
from gongkai.inspections.models import Bulletin
from gongkai.inspections.staff.access import DOCX, InspectionView, blame
from gongkai.inspections.staff.forms import WhyForm, choice_field, text_field, workdays_field

_KINDS = {"docx": (queries.docx_of, DOCX), "pdf": (queries.pdf_of, "application/pdf")}


class TakeForm(forms.Form):
    """Which period a bulletin tells of."""

    period = choice_field("周期", [(each.value, each.label) for each in BulletinPeriod])
    month = forms.CharField(
        label="起始月份",
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-09"}),
        help_text="季度通报填季度的第一个月，如2026-07",
        error_messages={"required": "请填写“起始月份”"},
    )
    workdays = workdays_field("印发之日")

    def clean_month(self) -> date:
        """Return the first day of the month."""
        try:
            return date.fromisoformat(f"{self.cleaned_data['month'].strip()}-01")
        except ValueError:
            raise forms.ValidationError("“起始月份”应当写成2026-09的样子，请修改") from None


class IssueForm(forms.Form):
    """The number a bulletin is issued under."""

    number = text_field("number", required=False, help_text="如靖府办字〔2026〕31号，没有的不填")


class BulletinsView(InspectionView):
    """The bulletins a person sees; the office begins a new one here."""

    template_name = "inspections/bulletins.html"
    page_title = "通报"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        return self.show(TakeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the figures of a period, or show the form again with what is wrong."""
        if not self.person.counties:
            raise PermissionDenied
        form = TakeForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        told = form.cleaned_data
        try:
            made = actions.take_figures(
                self.person.counties[0],
                period=BulletinPeriod(told["period"]),
                starts_on=told["month"],
                workdays=told["workdays"],
                **self.who,
            )
        except InspectionError as refused:
            if refused.field == "starts_on":
                form.add_error("month", str(refused))
                return self.show(form)
            return self.show(blame(form, refused))
        messages.success(request, "已取数，请核对正文和附件后印发。")
        return redirect("inspections:bulletin", made.pk)

    def show(self, form: TakeForm) -> HttpResponse:
        """Show the list and, to the office, the form."""
        rows = queries.bulletins_for(self.person)[:100]
        return self.show_form(form, rows=rows, office=bool(self.person.counties))


class OneBulletin(InspectionView):
    """A screen of one bulletin."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep the key."""
        super().setup(request, *args, **kwargs)
        self.key: int = kwargs["pk"]

    def bulletin(self) -> Bulletin:
        """Return the bulletin if this person sees it; else 404."""
        found = queries.find_bulletin(self.key, self.person)
        if found is None:
            raise Http404("没有这期通报，或者您无权查看。")
        return found

    def bulletin_to_keep(self) -> Bulletin:
        """Return the bulletin if this person keeps it."""
        found = self.bulletin()
        if not self.keeps(found):
            raise PermissionDenied
        return found

    def keeps(self, bulletin: Bulletin) -> bool:
        """Say whether this person keeps the ledger of the bulletin's county."""
        return bulletin.county_id in {each.pk for each in self.person.counties}

    def whose(self, bulletin: Bulletin) -> list[int] | None:
        """Return the organs whose rows this person sees; None for all."""
        return None if self.keeps(bulletin) else self.person.organ_ids

    def trail(self) -> list[dict[str, Any]]:
        """Return the list of bulletins."""
        return [{"url": reverse("inspections:bulletins"), "label": "通报"}]


class BulletinView(OneBulletin):
    """One bulletin as it reads, its figures with the lists behind them, who was told."""

    template_name = "inspections/bulletin.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.show(self.bulletin(), IssueForm())

    def show(self, bulletin: Bulletin, form: IssueForm) -> HttpResponse:
        """Show the bulletin; the figures' lists are the office's."""
        keeps = self.keeps(bulletin)
        self.page_title = str(bulletin)
        shares = list(queries.shares_for(bulletin, self._organs(bulletin)))
        acts_for = set(self.person.official.acts_for.values_list("pk", flat=True))
        return self.show_form(
            form,
            bulletin=bulletin,
            told=queries.shown(bulletin, self.whose(bulletin)),
            keeps=keeps,
            draft=bulletin.state == BulletinState.DRAFT,
            why=WhyForm(),
            shares=shares,
            to_sign=[
                each
                for each in shares
                if not keeps and each.signed_at is None and each.organ_id in acts_for
            ],
        )

    def _organs(self, bulletin: Bulletin) -> list[int]:
        if self.keeps(bulletin):
            return [int(key) for key in bulletin.content["shares"]]
        return self.person.organ_ids


class RetakeView(OneBulletin):
    """Take the figures anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take them."""
        try:
            actions.retake_figures(self.bulletin_to_keep(), **self.who)
            messages.success(request, "已重新取数。")
        except InspectionError as refused:
            messages.error(request, str(refused))
        return redirect("inspections:bulletin", pk)


class IssueView(BulletinView):
    """Issue a bulletin and have each organ told of its own rows."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Issue it, or show what stands against it."""
        bulletin, form = self.bulletin_to_keep(), IssueForm(request.POST)
        if not form.is_valid():
            return self.show(bulletin, form)
        try:
            issued = actions.issue(bulletin, number=form.cleaned_data["number"], **self.who)
        except InspectionError as refused:
            return self.show(bulletin, blame(form, refused))
        count = len(issued.content["shares"])
        messages.success(request, f"已印发，正在把问题分别交办给{count}个单位。")
        return redirect("inspections:bulletin", pk)


class PublishView(BulletinView):
    """Show an issued bulletin on the portal, or take it down."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says, or say what stands against it."""
        bulletin = self.bulletin_to_keep()
        try:
            if request.POST.get("do") == "down":
                why = request.POST.get("why", "")
                actions.unpublish_bulletin(bulletin, why=why, **self.who)
                messages.success(request, "已从网站撤下。")
            else:
                actions.publish_bulletin(bulletin, **self.who)
                messages.success(request, "已在网站“政务公开—通报”公布，问题清单不公布。")
        except InspectionError as refused:
            messages.error(request, str(refused))
        return redirect("inspections:bulletin", pk)


class SignView(OneBulletin):
    """Sign for one's organ's share."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Sign for every organ this person answers for."""
        bulletin = self.bulletin()
        mine = self.person.official.acts_for.values_list("pk", flat=True)
        if self.keeps(bulletin):
            raise PermissionDenied
        shares = queries.shares_for(bulletin, list(mine)).filter(signed_at__isnull=True)
        if not shares:
            raise PermissionDenied
        for share in shares:
            actions.sign_for(share, **self.who)
        messages.success(request, "已签收。")
        return redirect("inspections:bulletin", pk)


class FileView(OneBulletin):
    """A bulletin's file: whole for the office, with its own rows alone for an organ."""

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Send it."""
        bulletin = self.bulletin()
        if kind not in _KINDS:
            raise Http404("没有这种格式。")
        make, content_type = _KINDS[kind]
        answer = HttpResponse(make(bulletin, self.whose(bulletin)), content_type=content_type)
        name = queries.file_name(bulletin, kind)
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer
