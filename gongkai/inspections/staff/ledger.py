"""The ledger with its filters, by kinds, one by one and as the office's form; one finding."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from wagtail.admin.widgets.button import HeaderButton

from gongkai.files.queries import panel
from gongkai.inspections import queries
from gongkai.inspections.lifecycle import FindingState, Source
from gongkai.inspections.lifecycle.findings import UNTOLD, open_events
from gongkai.inspections.models import Finding
from gongkai.inspections.queries import Asked
from gongkai.inspections.staff.access import XLSX, InspectionView
from gongkai.inspections.staff.acts import ACTS, offered
from gongkai.inspections.staff.choosing import asked_of
from gongkai.orgs.models import Organ

PAGE = 50


class _Kinds(Paginator):
    """Pages of kinds, whose number is known."""

    count = 0


class LedgerView(InspectionView):
    """The findings a person sees: those that stand, newest first, or what is asked for."""

    template_name = "inspections/ledger.html"
    page_title = "整改台账"
    at_home = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        asked, office = self.asked(), bool(self.person.counties)
        rows, page, count = self.one_by_one() if self.apart() else self.by_kind()
        context = self.get_context_data(
            rows=rows,
            items=page,
            count=count,
            apart=self.apart(),
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            asked=asked,
            query=_query(request),
            query_of_kinds=_query(request, "view", "like"),
            organs=self.organs(),
            indicators=queries.indicators_in(self.counties_seen()),
            states=[s for s in FindingState if office or s not in UNTOLD],
            sources=Source,
            acts=[act for act in ACTS.values() if act.many] if office else [],
        )
        return self.render_to_response(context)

    def asked(self) -> Asked:
        """Return what the list is narrowed to."""
        return asked_of(self.request.GET)

    def apart(self) -> bool:
        """Say whether each finding has its own line: asked for, or within one kind."""
        return self.request.GET.get("view") == "each" or self.asked().like is not None

    def one_by_one(self) -> tuple[list[Any], Page, int]:
        """Return the lines of one page with a finding each, the page, and how many there are."""
        found, today = self.narrowed().select_related("organ"), self.person.official.today
        page = Paginator(found, PAGE).get_page(self.request.GET.get("p"))
        return queries.ledger_rows(page.object_list, today), page, page.paginator.count

    def by_kind(self) -> tuple[list[Any], Page, int]:
        """Return the lines of one page with a kind each, the page, and how many findings."""
        found = self.narrowed()
        kinds, number, count = queries.counted_kinds(found, overdue=self.asked().overdue)
        told = _Kinds(kinds, PAGE)
        told.count = number
        page = told.get_page(self.request.GET.get("p"))
        rows = queries.group_rows(found, list(page.object_list), self.person.official.today)
        return rows, page, count

    def narrowed(self) -> QuerySet[Finding]:
        """Return the findings that are asked for."""
        today = self.person.official.today
        return queries.narrowed(self.person.findings, self.asked(), today)

    def organs(self) -> list[Organ]:
        """Return the organs whose rows this person sees, none when it is but one."""
        found = list(Organ.objects.filter(pk__in=self.person.organ_ids).order_by("order", "code"))
        return found if len(found) > 1 else []

    def counties_seen(self) -> set[int]:
        """Return the counties whose indicators are offered."""
        organs = Organ.objects.filter(pk__in=self.person.organ_ids)
        return {each.county_id or each.pk for each in organs}

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer the form, lists of others, bulletins and sites."""
        base = f"{reverse('inspections:export')}?{_query(self.request)}"
        buttons = [
            HeaderButton("导出台账", url=base, icon_name="download"),
            HeaderButton("上传整改结果", url=reverse("inspections:back"), icon_name="upload"),
            HeaderButton("通报", url=reverse("inspections:bulletins"), icon_name="doc-full"),
            HeaderButton("巡查统计", url=reverse("inspections:trends"), icon_name="view"),
        ]
        if self.person.counties:
            url = reverse("inspections:import")
            buttons.insert(0, HeaderButton("导入问题清单", url=url, icon_name="plus"))
            url = reverse("inspections:sites")
            buttons.append(HeaderButton("巡查网站", url=url, icon_name="site"))
            url = reverse("inspections:indicators")
            buttons.append(HeaderButton("检查指标", url=url, icon_name="list-ul"))
        return buttons


class ExportView(LedgerView):
    """What the list is narrowed to, as the office's form."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the form."""
        answer = HttpResponse(queries.form_of(self.narrowed()), content_type=XLSX)
        name = f"整改台账{self.person.official.today:%Y%m%d}.xlsx"
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer


class FindingView(InspectionView):
    """One finding: the fault with its evidence, what was done, what may be done."""

    template_name = "inspections/finding.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        finding, today = self.finding(pk), self.person.official.today
        self.page_title = f"问题 {finding.number}"
        history = queries.history_of(finding)
        seen = {
            each.pk for each in self.person.findings.filter(pk__in=[b.pk for b in history.before])
        }
        context = self.get_context_data(
            finding=finding,
            history=history,
            before=[each for each in history.before if each.pk in seen],
            overdue=finding.is_overdue(today),
            acts=offered(self.person, finding),
            waits=not open_events(FindingState(finding.state)),
            linked=finding.address.startswith(("http://", "https://", "/")),
            papers=panel(finding.typed_id, request.user, self.person.now),
        )
        return self.render_to_response(context)


def _query(request: HttpRequest, *left_out: str) -> str:
    """Return the narrowing of a list as a query, without its page and what else is left out."""
    asked: Any = request.GET.copy()
    for name in ("p", *left_out):
        asked.pop(name, None)
    return asked.urlencode()
