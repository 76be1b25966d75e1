"""The gazette composer: issues, the texts of one in order under headings, publication."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.disclosure.models import Entry
from gongkai.policy import actions
from gongkai.policy.actions import Placed
from gongkai.policy.models import GazetteIssue
from gongkai.policy.queries import gazettes
from gongkai.policy.staff import office_forms as forms
from gongkai.policy.staff.decisions import OfficeView
from gongkai.policy.staff.working import REFUSALS

HEADINGS = ("县政府文件", "县政府办公室文件", "部门文件", "乡镇文件", "人事任免", "政策解读")


class IssuesView(OfficeView):
    """Every issue, those in hand first."""

    template_name = "policy/gazettes.html"
    page_title = "政府公报"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        found = gazettes.drafts([self.county.pk])
        return self.render_to_response(self.get_context_data(issues=found))

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new issue."""
        return [HeaderButton("新建一期", url=reverse("policy:compose_issue"), icon_name="plus")]


class ComposeView(OfficeView):
    """Begin an issue."""

    page_title = "新建一期公报"
    button = "建立"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Propose the number that follows."""
        last = GazetteIssue.objects.filter(county=self.county).order_by("-year", "-number").first()
        year = self.person.today.year
        told = {"year": year, "number": 1, "total": None}
        if last is not None:
            told["number"] = last.number + 1 if last.year == year else 1
            told["total"] = last.total + 1 if last.total else None
        return self.show(forms.IssueForm(initial=told))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin."""
        form, said = forms.IssueForm(request.POST), self.said_by_office
        return self.run(
            form,
            lambda: actions.compose_issue(self.county, **form.cleaned_data, **said),
            "已建立，请选择刊登的文件",
            reverse("policy:gazettes"),
        )


class IssueView(OfficeView):
    """One issue: its texts, what may be added, its publication."""

    template_name = "policy/gazette.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the issue of the office's county."""
        self.county = self.office_only()
        found = GazetteIssue.objects.filter(pk=kwargs["pk"], county=self.county)
        self.issue = found.select_related("county").first()
        if self.issue is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the issue."""
        self.page_title = f"公报{self.issue}"
        words = request.GET.get("words", "").replace("\x00", "").strip()[:100]
        public = self.issue.published_on is not None
        context = self.get_context_data(
            issue=self.issue,
            public=public,
            rows=self.issue.items.select_related("entry__organ").order_by("order"),
            candidates=() if public else gazettes.candidates(self.issue, words),
            words=words,
            headings=HEADINGS,
            form=forms.PublishIssueForm(initial={"published_on": self.person.today}),
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep the contents as they were told."""
        try:
            contents = contents_told(request.POST)
            actions.set_contents(self.issue, contents=contents, **self.said_by_office)
        except (*REFUSALS, ValidationError) as refused:
            said = refused.messages[0] if isinstance(refused, ValidationError) else str(refused)
            messages.error(request, said)
        else:
            messages.success(request, "篇目已保存")
        return redirect("policy:gazette", pk)


class PublishIssueView(IssueView):
    """Publish an issue."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Go back: this only acts."""
        return redirect("policy:gazette", pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish."""
        form = forms.PublishIssueForm(request.POST)
        if not form.is_valid():
            messages.error(request, "请填写出版日期")
            return redirect("policy:gazette", pk)
        day, said = form.cleaned_data["published_on"], self.said_by_office
        self.try_verb(
            request,
            lambda: actions.publish_issue(self.issue, published_on=day, **said),
            "已出版，页面和PDF已经固定",
        )
        return redirect("policy:gazette", pk)


def contents_told(told: QueryDict) -> list[Placed]:
    """Return the texts that a form names: `order-<id>` (blank leaves out), `heading-<id>`.

    Raises:
        ValidationError: an order is no number.
    """
    orders: dict[int, int] = {}
    for name, value in told.items():
        key = name.removeprefix("order-")
        if name == key or not value.strip():
            continue
        if not (key.isascii() and key.isdigit() and value.strip().isdecimal()):
            raise ValidationError("请用数字填写顺序")
        orders[int(key)] = int(value[:6])
    entries = Entry.objects.select_related("organ").in_bulk([key for key in orders if key < 2**63])
    ranked = sorted(orders, key=lambda key: (orders[key], key))
    return [
        Placed(entries[key], told.get(f"heading-{key}", "")) for key in ranked if key in entries
    ]
