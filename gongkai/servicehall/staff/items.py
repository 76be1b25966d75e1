"""Screens of service items: the list, a new one, one with its guide and history, its editing."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.orgs.models import Organ
from gongkai.servicehall import actions, queries
from gongkai.servicehall.lifecycle import GuideState, HallError, ItemState
from gongkai.servicehall.models import GuideVersion, ServiceItem
from gongkai.servicehall.rules.completeness import missing
from gongkai.servicehall.rules.guide import Guide
from gongkai.servicehall.rules.kinds import ItemKind
from gongkai.servicehall.staff.access import HallView, blame, told_history
from gongkai.servicehall.staff.doing import AboutView
from gongkai.servicehall.staff.fields import row_field
from gongkai.servicehall.staff.guide_forms import GuideForm, GuideRows
from gongkai.servicehall.staff.guide_shown import guide_facts, guide_tables
from gongkai.servicehall.staff.item_acts import ITEM, NameForm
from gongkai.servicehall.staff.shown import Cell, Facts, Link, Table, day, heads, number_of

PAGE = 50
_FILTERS = ("organ", "kind", "state", "lacking", "q")
_HEADS = heads(("事项名称", "desk-most"), "实施主体", "事项类型", "状态", "进驻大厅", "指南")


class ItemsView(HallView):
    """The items a person sees, narrowed by organ, kind, state and what guides lack."""

    template_name = "servicehall/items.html"
    page_title = "政务服务事项"
    at_part = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        found = self.narrowed(request).select_related("organ", "hall")
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        seen = self.person.items
        waiting = queries.submitted(seen).count() if self.person.review_ids else 0
        context = self.get_context_data(
            table=Table("政务服务事项", _HEADS, [_row(item) for item in page.object_list]),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            asked={name: request.GET.get(name, "")[:100] for name in _FILTERS},
            asked_any=any(request.GET.get(name) for name in _FILTERS),
            organs=queries.organs_with_items(seen),
            kinds=list(ItemKind),
            states=list(ItemState),
            waiting=waiting,
        )
        return self.render_to_response(context)

    def narrowed(self, request: HttpRequest) -> QuerySet[ServiceItem]:
        """Return the items that are asked for."""
        told, found = request.GET, self.person.items
        if (organ := number_of(told.get("organ", ""))) is not None:
            found = found.filter(organ_id=organ)
        if (kind := told.get("kind", "")) in ItemKind.__members__:
            found = found.filter(kind=kind)
        state = told.get("state", "")
        if state in ItemState.__members__:
            found = found.filter(state=state)
        elif state == "WAITING":
            found = queries.submitted(found)
        elif state != "ALL":
            found = found.exclude(state=ItemState.CANCELLED)
        if told.get("lacking") == "1":
            found = found.filter(lacking__gt=0)
        return queries.matching(found, told.get("q", "")[:100])

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer what a person may begin."""
        if not self.person.own_ids:
            return []
        add, take = reverse("servicehall:add_item"), reverse("servicehall:import")
        return [
            HeaderButton("编制事项", url=add, icon_name="plus"),
            HeaderButton("从 Excel 导入", url=take, icon_name="upload"),
        ]


def _row(item: ServiceItem) -> list[Cell]:
    inside = item.hall is not None and item.hall_left_on is None
    lacking = f"缺少{item.lacking}类要素" if item.lacking else "要素齐全"
    if item.state == ItemState.PREPARED:
        lacking = "没有发布"
    return [
        Cell(item.name, reverse("servicehall:item", args=[item.pk]), more=item.code),
        Cell(item.organ.short_name),
        Cell(item.get_kind_display()),
        Cell(item.get_state_display()),
        Cell(item.hall.name if inside else "—"),
        Cell(lacking, tone="desk-warn" if item.lacking else ""),
    ]


class ItemView(AboutView):
    """One item: its guide as it holds or is written, older versions, what happened."""

    template_name = "servicehall/record.html"
    subject = ITEM

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; ?ban=2 shows the second version."""
        item = self.about = self.row_of(pk)
        self.page_title = item.name
        versions = queries.versions_of(item)
        asked = number_of(request.GET.get("ban", ""))
        shown = next((each for each in versions if each.number == asked), None)
        shown = shown or versions[0]
        guide = shown.guide
        links = self.subject.offered(self.person, item)
        if self.may_edit(item, versions[0]):
            links.insert(0, self.edit_link(item))
        context = self.get_context_data(
            state=item.get_state_display(),
            said=f"{item.organ.short_name}，{item.get_kind_display()}",
            warnings=_warnings(item, shown, guide),
            links=links,
            facts=[_facts(item), *guide_facts(guide, f"办事指南（第{shown.number}版）")],
            tables=[*guide_tables(guide), _versions(item, versions, shown)],
            history=told_history(item.typed_id),
        )
        return self.render_to_response(context)

    def may_edit(self, item: ServiceItem, newest: GuideVersion) -> bool:
        """Say whether the newest version is a draft that this person may change."""
        return newest.state == GuideState.DRAFT and self.person.records_for(item)

    def edit_link(self, item: ServiceItem) -> Link:
        """Return the way to the editing of the draft."""
        return Link("编制指南", reverse("servicehall:edit_guide", args=[item.pk]), main=True)


def _warnings(item: ServiceItem, shown: GuideVersion, guide: Guide) -> list[str]:
    told = []
    if shown.state != GuideState.PUBLISHED:
        told.append(f"第{shown.number}版指南{shown.get_state_display()}，公众还看不到。")
    if lacking := missing(item.name, guide):
        told.append(f"缺少重点要素：{'、'.join(lacking)}。")
    return told


def _facts(item: ServiceItem) -> Facts:
    inside = item.hall is not None and item.hall_left_on is None
    pairs = (
        ("实施主体", item.organ.name),
        ("实施编码", item.code),
        ("基本编码", item.base_code),
        ("列入日期", item.in_force_on),
        ("取消日期", item.cancelled_on),
        ("进驻大厅", f"{item.hall}，{day(item.hall_joined_on)}起" if inside else "没有进驻"),
    )
    return Facts("事项", pairs)


def _versions(item: ServiceItem, versions: Sequence[GuideVersion], shown: GuideVersion) -> Table:
    address = reverse("servicehall:item", args=[item.pk])
    rows = [
        [
            Cell(f"第{each.number}版", "" if each is shown else f"{address}?ban={each.number}"),
            Cell(each.get_state_display()),
            Cell(day(each.effective_on)),
            Cell(each.written_by),
            Cell(each.published_by or "—"),
        ]
        for each in versions
    ]
    return Table("历次版本", heads("版本", "状态", "生效日期", "编制人", "审核人"), rows)


class _GuideFormView(HallView):
    """A form with a guide and its rows."""

    template_name = "servicehall/guide_form.html"

    def show(self, form: Any, guide: GuideForm, rows: GuideRows, back: str) -> HttpResponse:
        """Show the forms; 422 when something was refused."""
        wrong = bool(guide.errors or rows.wrong or (form is not None and form.errors))
        context = self.get_context_data(
            form=form, guide=guide, rows=rows.shown, back=back, wrong=wrong
        )
        return self.render_to_response(context, status=422 if wrong else 200)


class NewItemForm(NameForm):
    """An item and whose it is."""

    organ = row_field("实施主体", Organ.objects.none())
    field_order = ("organ", "name", "kind", "code", "base_code")

    def fill(self) -> None:
        """Offer the organs this person records for."""
        self.fields["organ"].queryset = self.person.own_organs


class AddItemView(_GuideFormView):
    """Begin an item with the draft of its guide."""

    page_title = "编制事项"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty forms."""
        self.recorder_only()
        return self.show(self.form(), GuideForm(), GuideRows(), self.back)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin it, or show everything again with what is wrong."""
        self.recorder_only()
        form, guide = self.form(request.POST), GuideForm(request.POST)
        rows = GuideRows(request.POST)
        if all([form.is_valid(), guide.is_valid(), rows.is_valid()]):
            try:
                made = actions.draft_item(
                    form.cleaned_data["organ"],
                    told=form.told(),
                    guide=guide.guide(rows),
                    **self.who,
                )
            except HallError as refused:
                blame(form if refused.field in form.fields else guide, refused)
            else:
                messages.success(request, "已保存。指南编制完成后请提交审核。")
                return redirect("servicehall:item", made.pk)
        return self.show(form, guide, rows, self.back)

    def form(self, *args: Any) -> NewItemForm:
        """Return the form of the item's names."""
        return NewItemForm(*args, person=self.person, row=None)

    @property
    def back(self) -> str:
        """The list."""
        return reverse("servicehall:items")


class EditGuideView(AboutView, _GuideFormView):
    """Change the draft of a guide."""

    subject = ITEM
    page_title = "编制指南"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the draft; refuse what is not this person's, or is under review."""
        item = self.about = self.row_of(kwargs["pk"])
        if not self.person.records_for(item):
            raise PermissionDenied
        version = queries.open_version(item)
        if version is None or version.state != GuideState.DRAFT:
            messages.error(request, "没有正在编制的指南；要修改请先点“修改指南”。")
            return redirect("servicehall:item", item.pk)
        self.version = version
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the draft."""
        guide = self.version.guide
        return self.show(None, GuideForm(guide=guide), GuideRows(guide=guide), self.back)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep it, or show everything again with what is wrong."""
        guide, rows = GuideForm(request.POST), GuideRows(request.POST)
        if all([guide.is_valid(), rows.is_valid()]):
            try:
                actions.write(self.version, guide=guide.guide(rows), **self.who)
            except HallError as refused:
                blame(guide, refused)
            else:
                messages.success(request, "已保存。")
                return redirect("servicehall:item", pk)
        return self.show(None, guide, rows, self.back)

    @property
    def back(self) -> str:
        """The item's page."""
        return reverse("servicehall:item", args=[self.about.pk])
