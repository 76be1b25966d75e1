"""The review of rights: the list, as a screen and as a workbook, and its quarterly confirmation."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header

from gongkai.adapters import xlsx
from gongkai.orgs import actions
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import (
    AccessList,
    Holding,
    access_list,
    held_by,
    organs_seen_by,
    quarter_of,
    reviews_of,
)
from gongkai.orgs.rules import DORMANT_DAYS
from gongkai.orgs.staff.base import AdministratorView, VerbView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONFIRMERS = frozenset({Role.SECURITY_ADMIN, Role.OGI_HEAD})
READERS = CONFIRMERS | {Role.OGI_OFFICE, Role.AUDITOR}


def counties_reviewed(request: HttpRequest, roles: frozenset[Role] = READERS) -> list[Organ]:
    """Return the counties whose rights the user reads, or confirms: of posts in the centre."""
    today = timezone.localdate()
    seen = organs_seen_by(request.user, today, roles).filter(kind=OrganKind.COUNTY_GOVERNMENT)
    return list(seen.order_by("code"))


def may_review(request: HttpRequest) -> bool:
    """Return whether the menu shows the review: a reader's post in a county's centre."""
    centre = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)
    posts = held_by(request.user, timezone.localdate())
    return any(post.role in READERS and post.organ.kind in centre for post in posts)


class ReviewMixin:
    """A screen about the rights of one county."""

    def lets_in(self, request: HttpRequest) -> bool:
        """Return whether the user reads the rights of a county."""
        return may_review(request)

    @cached_property
    def county(self) -> Organ:
        """The county of the address (`?county=`), the user's only one mostly."""
        counties = counties_reviewed(self.request)
        asked = self.request.GET.get("county", "")
        return next((each for each in counties if each.code == asked), counties[0])

    @cached_property
    def rights(self) -> AccessList:
        """Who holds what today."""
        return access_list(self.county, timezone.now())


class ReviewView(ReviewMixin, AdministratorView):
    """The list, what stands out, and the confirmations so far."""

    template_name = "orgs/review.html"
    page_title = "权限复核"
    header_icon = "key"

    def get_page_subtitle(self) -> str:
        """Return the county."""
        return self.county.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the list and the confirmations."""
        reviews = reviews_of([self.county])
        quarter = quarter_of(self.rights.day)
        confirms = self.county in counties_reviewed(self.request, CONFIRMERS)
        return super().get_context_data(
            county=self.county,
            counties=counties_reviewed(self.request),
            rights=self.rights,
            reviews=reviews,
            quarter=quarter,
            confirmed=any(each.quarter_from == quarter for each in reviews),
            may_confirm=confirms,
            dormant_days=DORMANT_DAYS,
            **kwargs,
        )


class ReviewFileView(ReviewMixin, AdministratorView):
    """The list as a workbook."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the workbook."""
        heads = ("机构", "姓名", "账号", "岗位", "起始日期", "终止日期", "受谁委托")
        more = ("最近登录", f"超过{DORMANT_DAYS}日未登录", "两步验证")
        columns = tuple(xlsx.Column(head, 24 if head == "机构" else 14) for head in (*heads, *more))
        rows = tuple(_row(each) for each in self.rights.holdings)
        idle = tuple((name,) for name in self.rights.idle)
        sheets = [
            xlsx.SheetOut("岗位", columns, rows),
            xlsx.SheetOut("无岗位的账号", (xlsx.Column("账号", 30),), idle),
        ]
        response = HttpResponse(xlsx.write_tables(sheets), content_type=XLSX)
        name = f"{self.county.short_name}权限清单{self.rights.day}.xlsx"
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        return response


def _row(each: Holding) -> tuple[str, ...]:
    return (
        each.organ,
        each.name,
        each.account,
        each.role.label,
        each.since.isoformat(),
        each.until.isoformat() if each.until else "",
        each.lent_by,
        each.last_sign_in.isoformat() if each.last_sign_in else "从未登录",
        "是" if each.dormant else "",
        "已设置" if each.second_factor else "未设置",
    )


class ConfirmForm(forms.Form):
    """What the review found."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    findings = forms.CharField(
        label="复核情况",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明发现的问题和处理结果；没有问题的，写明“未发现问题”",
    )


class ConfirmView(ReviewMixin, VerbView):
    """Confirm the list of this quarter."""

    form_class = ConfirmForm
    page_title = "确认复核"
    button = "确认本季度复核"
    done = "本季度权限复核已确认。"

    def lets_in(self, request: HttpRequest) -> bool:
        """Return whether the user confirms the rights of this county."""
        return may_review(request) and self.county in counties_reviewed(request, CONFIRMERS)

    def get_page_subtitle(self) -> str:
        """Return the county."""
        return self.county.name

    def get_initial(self) -> dict[str, Any]:
        """Remember which list was shown."""
        return {"digest": self.rights.digest}

    def perform(self, values: dict[str, Any]) -> str:
        """Call confirm_access."""
        posts = held_by(self.request.user, timezone.localdate())
        mine = [str(post) for post in posts if post.role in CONFIRMERS]
        by = self.request.user.actor("、".join(mine[:3]))
        actions.confirm_access(self.county, by=by, at=timezone.now(), **values)
        return reverse("orgs:review")
