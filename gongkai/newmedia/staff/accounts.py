"""Screens of accounts: the list, a new one, one with its history, acts, upkeep, months."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.files.queries import panel
from gongkai.newmedia import actions, queries
from gongkai.newmedia.lifecycle import OVER, AccountEvent, AccountState, MediaError
from gongkai.newmedia.models import Account
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.rules.terms import in_words
from gongkai.newmedia.staff.access import MediaView, OfficeView, RecorderView, blame
from gongkai.newmedia.staff.acts import ACTS, offered
from gongkai.newmedia.staff.forms import (
    ApplyForm,
    BeginForm,
    ChangeForm,
    MonthForm,
    OpenForm,
    RegisterForm,
    UpkeepForm,
)
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


class AccountView(MediaView):
    """One account: what is registered, what it is found wanting in, months, posts, history."""

    template_name = "newmedia/account.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        account, today = self.account(pk), self.person.official.today
        self.page_title = account.name
        records = self.person.records_for(account)
        context = self.get_context_data(
            account=account,
            last_on=queries.last_on(account),
            faults=queries.faults_by_account([account], today)[account.pk],
            acts=offered(self.person, account),
            wanted=_wanted(account),
            months=queries.month_lines(account)[:13],
            posts=list(queries.posts_of(account)[:10]),
            steps=queries.steps_of(account),
            papers=panel(account.typed_id, request.user, self.person.now),
            may_record=records and account.state not in ("APPLIED", "REFUSED", "APPROVED"),
            may_keep_up=records and account.state not in OVER,
            may_lead=self.person.keeps(account.county_id) and account.state not in OVER,
        )
        return self.render_to_response(context)


class AccountFormView(MediaView):
    """A form about one account."""

    template_name = "newmedia/form.html"
    done = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        account = self.account_to_record(pk)
        return self.show(account, self.form(account))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or show the form again with what is wrong."""
        account = self.account_to_record(pk)
        form = self.form(account, request.POST)
        if not form.is_valid():
            return self.show(account, form)
        try:
            self.take(account, form)
        except MediaError as refused:
            return self.show(account, blame(form, refused))
        messages.success(request, self.done)
        return redirect("newmedia:account", account.pk)

    def form(self, account: Account, *args: Any) -> forms.Form:
        """Return the form."""
        raise NotImplementedError

    def take(self, account: Account, form: Any) -> None:
        """Do it."""
        raise NotImplementedError

    def show(self, account: Account, form: forms.Form) -> HttpResponse:
        """Show the form with the account it is about."""
        self.about = account
        back = reverse("newmedia:account", args=[account.pk])
        return self.show_form(form, account=account, back=back)

    def trail(self) -> list[dict[str, Any]]:
        """Return the account's page."""
        return self.to_account(self.about)


class UpkeepView(AccountFormView):
    """Change who looks after an account."""

    page_title = "维护信息"
    done = "已保存。"

    def form(self, account: Account, *args: Any) -> UpkeepForm:
        """Return the form with what is registered now."""
        return UpkeepForm(*args, initial=UpkeepForm.upkeep_of(account))

    def take(self, account: Account, form: UpkeepForm) -> None:
        """Change it."""
        actions.keep_up(account, upkeep=form.upkeep(), **self.who)


class MonthView(AccountFormView):
    """Enter what the platform shows of a month."""

    page_title = "填报月度数据"
    done = "已填报。"

    def form(self, account: Account, *args: Any) -> MonthForm:
        """Return the form; the month before this one unless told."""
        first = self.person.official.today.replace(day=1)
        month = first.replace(year=first.year - (first.month == 1), month=first.month - 1 or 12)
        return MonthForm(*args, initial={"month": month, "received": 0, "answered": 0})

    def take(self, account: Account, form: MonthForm) -> None:
        """Enter it."""
        actions.enter_month(account, month=form.told(), **self.who)


class ActView(MediaView):
    """The form of one act and its doing."""

    template_name = "newmedia/form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the act and the account; refuse what is not this person's, or not now."""
        act = ACTS.get(kwargs["act"])
        if act is None:
            raise Http404("没有这个事项。")
        self.act, self.page_title = act, act.label
        self.about = self.account(kwargs["pk"])
        mine = self.person.keeps(self.about.county_id) if act.office else None
        if not (self.person.records_for(self.about) if mine is None else mine):
            raise PermissionDenied
        if not act.open_to(self.person, self.about):
            state = self.about.get_state_display()
            messages.error(request, f"不能{act.label}：账号现在是“{state}”。")
            return redirect("newmedia:account", self.about.pk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Do it, or show the form again with what stands against it."""
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        try:
            self.act.take(self.about, form, self.who)
        except MediaError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已办理：{self.act.label}。")
        return redirect("newmedia:account", self.about.pk)

    def form(self, *args: Any) -> forms.Form:
        """Return the act's form with what is known of the account."""
        known: dict[str, Any] = {}
        if self.act.form is ChangeForm:
            known = ChangeForm.told_by(self.about)
        elif self.act.form is OpenForm:
            names = ("platform_id", "link", "certified_as")
            known = {name: getattr(self.about, name) for name in names}
        known |= {
            name: self.person.official.today
            for name in ("approved_on", "opened_on", "closed_on")
            if name in self.act.form.base_fields
        }
        return self.act.form(*args, initial=known)

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form with the account it is about."""
        return self.show_form(
            form,
            account=self.about,
            hint=self.act.hint,
            wanted=_wanted(self.about) if self.act.event is AccountEvent.CHANGE else "",
            back=reverse("newmedia:account", args=[self.about.pk]),
        )

    def trail(self) -> list[dict[str, Any]]:
        """Return the account's page."""
        return self.to_account(self.about)


class MainView(OfficeView):
    """Make an account a leading one, or no more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it."""
        account = self.account(pk)
        if not self.person.keeps(account.county_id):
            raise PermissionDenied
        main = request.POST.get("main") == "1"
        try:
            actions.mark_main(account, main=main, **self.who)
        except MediaError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已设为主账号。" if main else "已取消主账号。")
        return redirect("newmedia:account", account.pk)


def _wanted(account: Account) -> str:
    """Return in words what a change that is applied for would change."""
    before = {name: getattr(account, name) for name in account.wanted}
    return in_words(before, account.wanted)
