"""Which items of the standard catalogues an entry fulfils: only those that its organ owes."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.disclosure import actions
from gongkai.disclosure.lifecycle import EntryEvent
from gongkai.disclosure.models import CatalogueItem
from gongkai.disclosure.rules import DisclosureError
from gongkai.disclosure.staff.access import EntryScreen

_MOST = 100


class ItemsView(EntryScreen):
    """The items that an entry fulfils, and those that it could."""

    template_name = "disclosure/entry/items.html"
    page_title = "关联公开事项"

    def enter(self, **named: Any) -> HttpResponse | None:
        """Find the entry, which this person must write for."""
        self.entry = self.find(named["pk"])
        self.allow(EntryEvent.EDIT, self.entry)
        return None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show both lists, narrowed by words."""
        words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
        linked = [link.item for link in self.entry.items.select_related("item__field")]
        free = self.owed().exclude(pk__in=[item.pk for item in linked])
        for word in words.split():
            free = free.filter(
                Q(first_level__icontains=word)
                | Q(second_level__icontains=word)
                | Q(content__icontains=word)
                | Q(field__name__icontains=word)
            )
        rows = list(free.order_by("field__order", "order", "pk")[: _MOST + 1])
        context = self.get_context_data(
            entry=self.entry,
            linked=linked,
            free=rows[:_MOST],
            more=len(rows) > _MOST,
            most=_MOST,
            words=words,
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Link or unlink one item."""
        name, _, key = request.POST.get("do", "").partition(":")
        rows = self.owed() if name == "link" else CatalogueItem.objects.filter(entries__entry=pk)
        found = rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() else None
        if found is None or name not in ("link", "unlink"):
            messages.error(request, "请从列表中选择公开事项。")
            return redirect("disclosure:entry_items", pk)
        try:
            verb = actions.link_item if name == "link" else actions.unlink_item
            verb(self.entry, found, **self.who)
        except DisclosureError as refused:
            messages.error(request, str(refused))
        else:
            said = "已关联" if name == "link" else "已取消关联"
            messages.success(request, f"{said}：{found}")
        return redirect("disclosure:entry_items", pk)

    def owed(self) -> QuerySet[CatalogueItem]:
        """Return the items in force that the entry's organ owes."""
        today = self.person.today
        rows = CatalogueItem.objects.filter(organs__organ=self.entry.organ_id)
        in_force = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
        return rows.filter(in_force, valid_from__lte=today).select_related("field").distinct()
