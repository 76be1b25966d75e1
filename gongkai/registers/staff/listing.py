"""Seeing the registers: lists with the running stock, one batch with its history, downloads."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from wagtail.admin.widgets.button import HeaderButton

from gongkai.adapters import xlsx
from gongkai.audit import word
from gongkai.audit.queries import history_of
from gongkai.files.queries import panel
from gongkai.registers import queries, rules
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.models import Batch, BatchQuerySet
from gongkai.registers.rules import RegisterKind, worksheet
from gongkai.registers.staff.access import RegisterView
from gongkai.registers.staff.forms import FilterForm

PAGE = 50
MOST_EXPORTED = 5_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FilteredView(RegisterView):
    """A screen that shows the batches a person sees, narrowed by the address."""

    def found(self, request: HttpRequest) -> BatchQuerySet:
        """Return the batches that the filters leave of those the person sees."""
        seen = list(self.person.sees.values_list("pk", flat=True))
        self.filters = FilterForm(
            request.GET or None, organs=self.person.sees, years=queries.years(seen)
        )
        told = self.filters.cleaned_data if self.filters.is_valid() else {}
        organ = told.get("organ")
        return queries.batches(
            [organ.pk] if organ else seen,
            kind=RegisterKind(told["kind"]) if told.get("kind") else None,
            year=told.get("year"),
            state=BatchState(told["state"]) if told.get("state") else None,
        )


class IndexView(FilteredView):
    """The batches of every organ the person sees, with filters and the running stock."""

    template_name = "registers/index.html"
    page_title = "统计批次"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        page = Paginator(self.found(request), PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            rows=queries.rows(page.object_list),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            filters=self.filters,
            filter_query=request.GET.urlencode(),
            kinds=list(RegisterKind),
            this_year=self.person.today.year,
            may_enter=self.person.acts_for.exists(),
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the registers' own home."""
        return self.breadcrumbs_items

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer the import to those who may enter."""
        if not self.person.acts_for.exists():
            return []
        return [HeaderButton("从 Excel 导入", url=reverse("registers:import"), icon_name="upload")]


def download(data: bytes, name: str) -> HttpResponse:
    """Return a workbook to save under a name."""
    response = HttpResponse(data, content_type=XLSX)
    # Django quotes a name in Chinese as RFC 6266 asks.
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


class RecordView(RegisterView):
    """One batch: figures, source, stock after it, who did what."""

    template_name = "registers/record.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the batch."""
        batch = self.batch(pk)
        self.page_title = str(batch)
        targets = [batch.record_id]
        if batch.imported_in_id:
            targets.append(f"registers:import:{batch.imported_in_id}")
        # An import touches many organs; each sees what the log of its own chain says.
        lines = [
            line
            for target in targets
            for line in history_of(target)
            if line.chain == batch.organ.code
        ]
        kind = RegisterKind(batch.kind)
        context = self.get_context_data(
            batch=batch,
            figures=[
                (rules.FIGURE_LABELS[name], getattr(batch, name)) for name in rules.FIGURES[kind]
            ],
            has_stock="item_change" in rules.FIGURES[kind],
            history=[(word(line.verb), line) for line in sorted(lines, key=lambda line: line.at)],
            papers=panel(batch.record_id, self.request.user, self.person.now),
            import_papers=panel(batch.imported_in.typed_id, self.request.user, self.person.now)
            if batch.imported_in
            else None,
            replaced_by=Batch.objects.filter(replaces=batch).first(),
            may_withdraw=batch.state == BatchState.ENTERED
            and self.person.may_act_for(batch.organ_id),
            may_withdraw_import=batch.imported_in is not None
            and self.may_withdraw_all(batch.imported_in),
        )
        return self.render_to_response(context)


class TemplateDownload(RegisterView):
    """The empty workbook to fill in, with the person's organs as choices."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the template."""
        self.recorder_only()
        organs = tuple(self.person.acts_for.values_list("name", flat=True))
        lines = tuple((line,) for line in EXPLAINED)
        listed = tuple((name,) for name in organs)
        sheets = [
            xlsx.SheetOut("填报", columns(organs)),
            xlsx.SheetOut("填写说明", (xlsx.Column("填写说明", 100),), lines),
            xlsx.SheetOut("机构名称", (xlsx.Column("可填报的机构", 40),), listed),
        ]
        return download(xlsx.write_tables(sheets), "统计批次填报模板.xlsx")


class ExportDownload(FilteredView):
    """The batches of a list as a workbook of the template's own form."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the batches that count among those listed."""
        found = self.found(request).filter(state=BatchState.ENTERED)[:MOST_EXPORTED]
        rows = tuple(worksheet.written(batch.organ.name, entry_of(batch)) for batch in found)
        sheet = xlsx.SheetOut("统计批次", columns(()), rows)
        return download(xlsx.write_tables([sheet]), "统计批次.xlsx")


EXPLAINED = (
    "1. 每行填一批数据：一个机构、一个类别、一段统计期间。统计期间不得跨年。",
    "2. 填报机构填全称、简称或机构代码，可填的机构见“机构名称”表。",
    f"3. 类别填：{'、'.join(kind.label for kind in RegisterKind)}。",
    "4. 行政许可、其他对外管理服务事项、行政处罚、行政强制填“项目增减”和“处理决定数量”。",
    "5. 行政事业性收费填“项目增减”和“金额（元）”；政府集中采购填“采购项目数量”和“金额（元）”。",
    "6. 存量由系统累计；首次填报时，上年末存量以上年12月31日为起止日期单列一行。",
    "7. 金额以元为单位；写明单位的（如20063.4964万元）按所写单位换算。没有发生的填0。",
    "8. 有一处错误，整个文件不导入；系统会列出每一处错误的行、列和改法。",
)


def columns(organs: tuple[str, ...]) -> tuple[xlsx.Column, ...]:
    """Return the template's columns; a short list of organs can be chosen from."""
    # A drop-down list holds at most 255 characters.
    named = organs if len(",".join(organs)) <= 250 else ()
    kinds = tuple(kind.label for kind in RegisterKind)
    choices = {"organ": named, "kind": kinds}
    widths = {"organ": 30, "kind": 22, "amount": 20, "source_name": 36, "note": 30}
    return tuple(
        xlsx.Column(head, widths.get(name, 14), choices.get(name, ()))
        for name, head in worksheet.HEADS.items()
    )


def entry_of(batch: Batch) -> rules.BatchFigures:
    """Return the figures of a batch as they were entered."""
    return rules.BatchFigures(
        kind=RegisterKind(batch.kind),
        period_start=batch.period_start,
        period_end=batch.period_end,
        source_name=batch.source_name,
        item_change=batch.item_change,
        decisions=batch.decisions,
        projects=batch.projects,
        amount=batch.amount,
        note=batch.note,
        source_sha256=batch.source_sha256,
    )
