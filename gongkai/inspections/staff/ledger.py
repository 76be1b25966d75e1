"""The ledger with its filters, as a list and as the office's form, and the page of one finding."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from wagtail.admin.widgets.button import HeaderButton

from gongkai.files.queries import panel
from gongkai.inspections import queries
from gongkai.inspections.lifecycle import FindingState, Source
from gongkai.inspections.lifecycle.findings import UNTOLD, open_events
from gongkai.inspections.queries import Asked
from gongkai.inspections.staff.access import XLSX, InspectionView
from gongkai.inspections.staff.acts import ACTS, offered
from gongkai.orgs.models import Organ

PAGE = 50


class LedgerView(InspectionView):
    """The findings a person sees: those that stand, newest first, or what is asked for."""

    template_name = "inspections/ledger.html"
    page_title = "整改台账"
    at_home = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        asked, today = self.asked(), self.person.official.today
        found = queries.narrowed(self.person.findings, asked, today).select_related("organ")
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        office = bool(self.person.counties)
        context = self.get_context_data(
            rows=queries.ledger_rows(page.object_list, today),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            asked=asked,
            query=_query(request),
            organs=self.organs(),
            indicators=queries.indicators_in(self.counties_seen()),
            states=[s for s in FindingState if office or s not in UNTOLD],
            sources=Source,
            acts=[act for act in ACTS.values() if act.many] if office else [],
        )
        return self.render_to_response(context)

    def asked(self) -> Asked:
        """Return what the list is narrowed to; what is no choice narrows nothing."""
        get = self.request.GET
        organ, state = get.get("organ", ""), get.get("state", "STANDING")
        known = {"", "STANDING", *(each.value for each in FindingState)}
        source = get.get("source", "")
        return Asked(
            organ_id=int(organ)
            if organ.isascii() and organ.isdigit() and len(organ) < 10
            else None,
            indicator=get.get("indicator", "")[:60].replace("\x00", ""),
            state=state if state in known else "STANDING",
            source=source if source in set(Source) else "",
            overdue=get.get("overdue") == "1",
            repeated=get.get("repeated") == "1",
            words=get.get("q", "")[:100],
        )

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
        ]
        if self.person.counties:
            url = reverse("inspections:import")
            buttons.insert(0, HeaderButton("导入问题清单", url=url, icon_name="plus"))
            url = reverse("inspections:sites")
            buttons.append(HeaderButton("巡查网站", url=url, icon_name="site"))
        return buttons


class ExportView(LedgerView):
    """What the list is narrowed to, as the office's form."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the form."""
        found = queries.narrowed(self.person.findings, self.asked(), self.person.official.today)
        answer = HttpResponse(queries.form_of(found), content_type=XLSX)
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


def _query(request: HttpRequest) -> str:
    """Return the narrowing of a list as a query, without its page."""
    asked: Any = request.GET.copy()
    asked.pop("p", None)
    return asked.urlencode()
