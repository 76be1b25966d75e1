"""Screens of one account: what is registered, its history, acts, upkeep, months."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.files.queries import panel
from gongkai.newmedia import actions, queries
from gongkai.newmedia.lifecycle import NEVER_OPEN, OVER, AccountEvent, MediaError
from gongkai.newmedia.models import Account
from gongkai.newmedia.rules.terms import in_words
from gongkai.newmedia.staff.access import MediaView, OfficeView, blame
from gongkai.newmedia.staff.acts import ACTS, offered
from gongkai.newmedia.staff.forms import ChangeForm, OpenForm, UpkeepForm
from gongkai.newmedia.staff.record_forms import MonthForm


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
            may_record=records and account.state not in NEVER_OPEN,
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
