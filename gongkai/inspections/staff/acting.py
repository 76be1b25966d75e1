"""Doing an act: with one finding, or with several of the list, each organ's apart."""

from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.inspections.lifecycle import InspectionError
from gongkai.inspections.models import Finding
from gongkai.inspections.queries import organs_to_lay_to
from gongkai.inspections.staff.access import InspectionView, blame
from gongkai.inspections.staff.acts import ACTS, Act
from gongkai.inspections.staff.choosing import keys_of, of_kinds
from gongkai.inspections.staff.forms import PassOnForm

MOST = 1000
SHOWN = 20


class ActView(InspectionView):
    """The form of one act and its doing."""

    template_name = "inspections/act.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the act and the findings; refuse what is not this person's."""
        if not self.person.official.sees_any:
            raise PermissionDenied
        self.act: Act | None = ACTS.get(kwargs["act"])
        if self.act is None:
            raise Http404("没有这个事项。")
        self.page_title, self.left = self.act.label, 0
        self.findings = self._findings(request)
        if not self.findings:
            messages.error(request, self._none(request))
            return redirect("inspections:ledger")
        self._refuse_strangers()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, act: str) -> HttpResponse:
        """Show the form, or say for which findings it is not the time."""
        early = self._not_now()
        if early:
            messages.error(request, early)
            return self._back()
        return self.show(self.form())

    def post(self, request: HttpRequest, act: str) -> HttpResponse:
        """Do it, or show the form again with what stands against it."""
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        if early := self._not_now():
            form.add_error(None, early)
            return self.show(form)
        done = 0
        try:
            for _, group in groupby(self.findings, key=lambda each: each.organ_id):
                found = list(group)
                self.act.take(found, form, self.who)
                done += len(found)
        except InspectionError as refused:
            told = f"已办理{done}个，其余没有办理。" if done else ""
            form = blame(form, refused)
            if told:
                form.add_error(None, told)
            return self.show(form)
        messages.success(request, f"已{self.act.label}：{self._named()}")
        return self._back()

    def form(self, *args: Any) -> Any:
        """Return the act's form."""
        if self.act.form is PassOnForm:
            today = self.person.official.today
            organs = organs_to_lay_to(self.findings[0].county, today)
            return PassOnForm(*args, organs=organs.exclude(pk=self.findings[0].organ_id))
        return self.act.form(*args)

    def show(self, form: Any) -> HttpResponse:
        """Show the form with the findings it is about."""
        url = reverse("inspections:ledger")
        if len(self.findings) == 1:
            url = reverse("inspections:finding", args=[self.findings[0].pk])
        keys = ",".join(str(each.pk) for each in self.findings)
        shown, rest = self.findings[:SHOWN], len(self.findings) - SHOWN
        told = {"findings": self.findings, "shown": shown, "rest": max(0, rest), "keys": keys}
        return self.show_form(form, act=self.act, left=self.left, back=url, **told)

    def trail(self) -> list[dict[str, Any]]:
        """Return the finding's own page when it is but one."""
        if len(self.findings) != 1:
            return []
        [one] = self.findings
        return [{"url": reverse("inspections:finding", args=[one.pk]), "label": one.number}]

    def _findings(self, request: HttpRequest) -> list[Finding]:
        """Return the findings asked for, each organ's together."""
        told = request.POST if request.method == "POST" else request.GET
        keys = keys_of(told.getlist("f"), MOST)
        if len(keys) > 1 and not self.act.many:
            raise Http404("一次只能办理一个问题。")
        rows = self.person.findings.filter(pk__in=keys).select_related("organ", "county")
        found = list(rows.order_by("organ_id", "pk"))
        if len(found) != len(keys):
            raise Http404("没有这个问题，或者您无权查看。")
        if not self.act.many or not told.getlist("g"):
            return found
        kinds = of_kinds(
            self.person, told.getlist("g"), told.get("within", ""), self.act.event
        ).exclude(pk__in=keys)
        room = MOST - len(found)
        self.left = max(0, kinds.count() - room)
        found += kinds.order_by("organ_id", "pk").select_related("organ", "county")[:room]
        return sorted(found, key=lambda each: (each.organ_id, each.pk))

    def _none(self, request: HttpRequest) -> str:
        if request.GET.getlist("g"):
            return f"勾选的问题中没有现在可以{self.act.label}的。"
        return "请先在台账中勾选要办理的问题。"

    def _refuse_strangers(self) -> None:
        mine = self.person.keeps if self.act.office else self.person.answers_for
        if not all(mine(each) for each in self.findings):
            raise PermissionDenied

    def _not_now(self) -> str:
        early = [each for each in self.findings if not self.act.open_to(self.person, each)]
        if not early:
            return ""
        told = "、".join(f"{each.number}（{each.get_state_display()}）" for each in early[:5])
        return f"不能{self.act.label}：{told}{'等' if len(early) > 5 else ''}，请重新选择。"

    def _named(self) -> str:
        if len(self.findings) == 1:
            return self.findings[0].number
        return f"{len(self.findings)}个问题"

    def _back(self) -> HttpResponse:
        if len(self.findings) == 1:
            return redirect("inspections:finding", self.findings[0].pk)
        return redirect("inspections:ledger")
