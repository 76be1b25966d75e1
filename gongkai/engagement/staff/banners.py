"""Screens of emergency notices: the list, raising and lifting one."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin.widgets.button import HeaderButton

from gongkai.engagement import actions, queries
from gongkai.engagement.models import Banner
from gongkai.engagement.queries import BANNER_RAISERS
from gongkai.engagement.staff.record_forms import BannerForm
from gongkai.engagement.staff.record_screens import Act, ActScreen, AddScreen, Line, ListScreen
from gongkai.orgs.queries import Official

_BANNERS = {"url": reverse_lazy("engagement:banners"), "label": "紧急提示"}


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


class BannerPerson:
    """Who raises and lifts emergency notices: the county's office and its leader."""

    request: HttpRequest

    @cached_property
    def person(self) -> Official:
        """The signed-in person at the moment of the request."""
        return Official(self.request.user, timezone.now(), BANNER_RAISERS, BANNER_RAISERS)

    @cached_property
    def counties(self) -> list[Any]:
        """The counties on whose pages this person may put a notice."""
        return queries.counties_among(self.person.acts_for)


class BannersView(BannerPerson, ListScreen):
    """The emergency notices, newest first."""

    page_title = "紧急提示"
    header_icon = "warning"
    home = _BANNERS
    url_name = "banners"
    heads = ("提示内容", "发布", "截止", "状态", "")
    empty = "还没有发布过紧急提示。"
    note = "紧急提示显示在网站每个网页的最上方，发布、撤下几秒钟内生效。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who keep no county."""
        if not self.counties:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def rows(self, standing: str) -> QuerySet[Banner]:
        """Return them."""
        return queries.banners_of([each.pk for each in self.counties])

    def line(self, row: Banner) -> Line:
        """Return one as the list shows it."""
        stands = row.stands_at(self.person.now)
        lift = Act("撤下", reverse("engagement:lift_banner", args=[row.pk])) if stands else ""
        said = "正在显示" if stands else "已撤下"
        return Line(
            "",
            row.text,
            (f"{_moment(row.raised_at)} {row.raised_by}", _moment(row.until), said, lift),
        )

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new notice."""
        url = reverse("engagement:raise_banner")
        return [HeaderButton("发布紧急提示", url=url, icon_name="plus")]


class RaiseBannerView(BannerPerson, AddScreen):
    """Raise an emergency notice."""

    page_title = "发布紧急提示"
    header_icon = "warning"
    home = _BANNERS
    done = "已发布，几秒钟内在每个网页最上方显示。"
    hint = "只用于灾害、事故等紧急情况，一般通知请发布信息。"

    def form(self, *args: Any) -> BannerForm:
        """Return the form; refuse those who keep no county."""
        if not self.counties:
            raise PermissionDenied
        return BannerForm(*args)

    def make(self, form: BannerForm) -> Banner:
        """Raise it."""
        return actions.raise_banner(self.counties[0], **form.cleaned_data, **self.who)


class LiftBannerView(BannerPerson, ActScreen):
    """Lift an emergency notice."""

    page_title = "撤下"
    header_icon = "warning"
    home = _BANNERS
    done = "已撤下，几秒钟内在每个网页上消失。"
    missing = "没有这条紧急提示，或者您无权查看。"

    def find(self, pk: int) -> Banner | None:
        """Return the notice among those of the person's counties."""
        return queries.banners_of([each.pk for each in self.counties]).filter(pk=pk).first()

    def to_change(self, pk: int) -> Banner:
        """Return a notice of a county that the person keeps."""
        found: Banner = self.seen(pk)
        return found

    def page_of(self, row: Banner) -> str:
        """Return the list: a notice has no page of its own."""
        return str(self.home["url"])

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing between the list and this."""
        return []

    def form(self, row: Banner, *args: Any) -> forms.Form:
        """Return an empty form: to confirm is all."""
        return forms.Form(*args)

    def take(self, row: Banner, form: forms.Form) -> None:
        """Lift it."""
        actions.lift_banner(row, **self.who)
