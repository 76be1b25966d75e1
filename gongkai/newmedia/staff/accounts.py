"""Screens of accounts: the list, a new one applied for, one registered that is open."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.newmedia import actions, queries
from gongkai.newmedia.lifecycle import OVER, AccountState, MediaError
from gongkai.newmedia.models import Account
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.staff.access import MediaView, OfficeView, RecorderView, blame
from gongkai.newmedia.staff.forms import ApplyForm, BeginForm, RegisterForm
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import existing_between, organs_of

PAGE = 50
_ORDER = ("-main", "organ__order", "organ__code", "platform", "name")


class AccountsView(MediaView):
    """The accounts a person sees, narrowed by organ, platform, state and silence."""

    template_name = "newmedia/accounts.html"
    page_title = "政务新媒体"
    at_home = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        today = self.person.official.today
        found = queries.with_last(self.narrowed(request)).order_by(*_ORDER)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        seen = self.person.accounts
        context = self.get_context_data(
            rows=queries.account_rows(page.object_list, today),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            asked={name: request.GET.get(name, "")[:100] for name in _FILTERS},
            organs=self.organs(),
            platforms=list(Platform),
            states=list(AccountState),
            year=today.year,
            silent=len(queries.silent_ids(seen, today)),
            waiting=queries.waiting_accounts(seen)["to_approve"].count()
            if self.person.counties
            else 0,
        )
        return self.render_to_response(context)

    def narrowed(self, request: HttpRequest) -> QuerySet[Account]:
        """Return the accounts that are asked for."""
        told, found = request.GET, self.person.accounts
        organ, platform, state = told.get("organ", ""), told.get("platform", ""), told.get("state")
        if organ.isascii() and organ.isdigit() and len(organ) < 19:
            found = found.filter(organ_id=int(organ))
        if platform in Platform.__members__:
            found = found.filter(platform=platform)
        if state in AccountState.__members__:
            found = found.filter(state=state)
        elif state == "WAITING":
            found = queries.waiting_accounts(found)["to_approve"]
        elif state != "ALL":
            found = found.exclude(state__in=[each.value for each in OVER])
        if told.get("silent") == "1":
            found = found.filter(pk__in=queries.silent_ids(found, self.person.official.today))
        return queries.matching(found, told.get("q", "")[:100])

    def organs(self) -> list[Organ]:
        """Return the organs that have accounts in sight, none when it is but one."""
        keys = self.person.accounts.order_by().values_list("organ_id", flat=True).distinct()
        found = list(Organ.objects.filter(pk__in=keys).order_by("order", "code"))
        return found if len(found) > 1 else []

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer what a person may begin."""
        buttons = []
        if self.person.official.acts_for.exists():
            buttons += [
                HeaderButton("申请开设", url=reverse("newmedia:apply"), icon_name="plus"),
                HeaderButton(
                    "导入发布记录", url=reverse("newmedia:import_posts"), icon_name="upload"
                ),
            ]
        if self.person.counties:
            buttons += [
                HeaderButton("登记现有账号", url=reverse("newmedia:register"), icon_name="edit"),
                HeaderButton(
                    "导入账号", url=reverse("newmedia:import_accounts"), icon_name="upload"
                ),
            ]
        url = reverse("newmedia:publications")
        buttons.append(HeaderButton("新媒体发布", url=url, icon_name="doc-full"))
        url = reverse("newmedia:campaigns")
        return [*buttons, HeaderButton("清理整合", url=url, icon_name="list-ul")]


_FILTERS = ("organ", "platform", "state", "silent", "q")


class _BeginView(MediaView):
    """The form of a new account and its doing."""

    template_name = "newmedia/form.html"
    done = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin it, or show the form again with what is wrong."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            made = self.take(form)
        except MediaError as refused:
            return self.show(blame(form, refused))
        messages.success(request, self.done)
        return redirect("newmedia:account", made.pk)

    def form(self, *args: Any) -> BeginForm:
        """Return the form."""
        raise NotImplementedError

    def take(self, form: Any) -> Account:
        """Do it."""
        raise NotImplementedError

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form."""
        return self.show_form(form, back=reverse("newmedia:accounts"))


class ApplyView(RecorderView, _BeginView):
    """Apply to open an account."""

    page_title = "申请开设"
    done = "已提交申请，请等待政务公开办批准。"

    def form(self, *args: Any) -> ApplyForm:
        """Return the form with the organs this person records for."""
        return ApplyForm(*args, organs=self.person.official.acts_for)

    def take(self, form: ApplyForm) -> Account:
        """Apply."""
        told = form.cleaned_data
        return actions.apply(
            told["organ"],
            platform=Platform(told["platform"]),
            terms=form.terms(),
            upkeep=form.upkeep(),
            why=told["why"],
            **self.who,
        )


class RegisterView(OfficeView, _BeginView):
    """Register an account that is open already."""

    page_title = "登记现有账号"
    done = "已登记。"

    def form(self, *args: Any) -> RegisterForm:
        """Return the form with the county's organs."""
        today = self.person.official.today
        organs = organs_of(self.county).filter(existing_between(today, today))
        return RegisterForm(*args, organs=organs)

    def take(self, form: RegisterForm) -> Account:
        """Register it."""
        told = form.cleaned_data
        return actions.register(
            told["organ"],
            platform=Platform(told["platform"]),
            terms=form.terms(),
            upkeep=form.upkeep(),
            told=form.papers(),
            **self.who,
        )
