"""Screens of the security administrator: locks, networks, second factors, numbers of sign-on."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from gongkai.accounts import actions
from gongkai.accounts.models import StaffNetwork, User
from gongkai.accounts.queries import (
    acting_post,
    keeps_security,
    locks,
    networks,
    people_secured,
    second_factors_of,
    sign_on_numbers,
)
from gongkai.accounts.staff.addresses import address_of
from gongkai.accounts.staff.own import factor_labels
from gongkai.audit import Actor


class SecurityMixin(WagtailAdminTemplateMixin):
    """Lets in security administrators only."""

    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away everybody else."""
        if not keeps_security(request.user, timezone.now()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the overview; end with this page."""
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        over = {"url": reverse("accounts:security"), "label": "登录安全"}
        middle = [] if isinstance(self, SecurityView) else [over]
        return [*self.breadcrumbs_items, *middle, here]

    def acting(self) -> Actor:
        """Return who acts, in the post of a security administrator."""
        user = self.request.user
        return user.actor(acting_post(user, timezone.now()))


class SecurityView(SecurityMixin, TemplateView):
    """What is locked, from where one may come in, who has which second factor."""

    template_name = "accounts/security.html"
    page_title = "登录安全"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add locks, networks and people."""
        now = timezone.now()
        labels = factor_labels()
        people = list(people_secured(self.request.user, now).filter(is_active=True))
        ids = [person.pk for person in people]
        kinds, numbers = second_factors_of(ids), sign_on_numbers(ids)
        rows = [
            (
                person,
                "、".join(sorted({labels[kind] for kind in kinds.get(person.pk, [])})),
                numbers.get(person.pk, []),
            )
            for person in people
        ]
        return super().get_context_data(
            locks=locks(now),
            networks=networks(),
            people=rows,
            sign_ons=actions.sign_on_providers(),
            address=address_of(self.request),
            **kwargs,
        )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="事由", max_length=200)


class UnlockForm(ReasonForm):
    """Which account, and why."""

    account = forms.CharField(label="账号", max_length=150)
    field_order = ("account", "reason")


class NetworkForm(forms.Form):
    """A network and where it is."""

    network = forms.CharField(
        label="网段", max_length=43, help_text="如“10.20.0.0/16”；单个地址直接填写"
    )
    note = forms.CharField(label="说明", max_length=100, help_text="如“县政务外网”")


class NumberForm(forms.Form):
    """A number of a single sign-on."""

    provider = forms.ChoiceField(label="统一认证平台")
    number = forms.CharField(
        label="用户编号", max_length=190, help_text="由统一认证平台给出；按编号认人，不看邮箱和姓名"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = actions.sign_on_providers()


class VerbView(SecurityMixin, FormView):
    """A form that calls one verb; what the verb refuses stands beside its field."""

    template_name = "accounts/verb_form.html"
    form_class: type[forms.Form] = ReasonForm
    button = "确定"
    done = "已办理。"
    warning = ""

    def perform(self, values: dict[str, Any]) -> None:
        """Call the verb with the cleaned `values`."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Call the verb and go on, or show why not."""
        try:
            self.perform(form.cleaned_data)
        except actions.AccountError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect("accounts:security")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the button and of the warning."""
        return super().get_context_data(button=self.button, warning=self.warning, **kwargs)


class UnlockView(VerbView):
    """Let a locked account try again."""

    form_class = UnlockForm
    page_title = "解锁账号"
    button = "解锁"
    done = "账号已解锁，可以重新登录。"
    warning = "请先向本人核实是不是本人输错；不是本人的，请提醒其修改密码并报告。"

    def get_initial(self) -> dict[str, Any]:
        """Begin with the account of the list."""
        return {"account": self.request.GET.get("account", "")}

    def perform(self, values: dict[str, Any]) -> None:
        """Call unlock; an account of other people's counties is told like one that is not locked.

        Names that are no account at all may be unlocked by any security administrator.
        """
        account = values["account"].strip()
        theirs = people_secured(self.request.user, timezone.now())
        if User.objects.filter(username=account).exclude(pk__in=theirs.values("pk")).exists():
            raise actions.BadState("该账号不由您管理，请核对", field="account")
        actions.unlock(account, reason=values["reason"], by=self.acting(), at=timezone.now())


class AllowNetworkView(VerbView):
    """Enter a network."""

    form_class = NetworkForm
    page_title = "登记网段"
    button = "登记"
    done = "网段已登记。"
    warning = "登记第一个网段以后，只有在登记的网段内才能打开后台，请先登记本人所在的网段。"

    def perform(self, values: dict[str, Any]) -> None:
        """Call allow_network."""
        own = address_of(self.request)
        actions.allow_network(**values, own=own, by=self.acting(), at=timezone.now())


class WithdrawNetworkView(VerbView):
    """Take a network away."""

    page_title = "移除网段"
    button = "移除"
    done = "网段已移除。"

    @cached_property
    def network(self) -> StaffNetwork:
        """Return the network of the address."""
        return get_object_or_404(StaffNetwork, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return the network."""
        return f"{self.network.network}（{self.network.note}）"

    def perform(self, values: dict[str, Any]) -> None:
        """Call withdraw_network."""
        own = address_of(self.request)
        actions.withdraw_network(
            self.network, reason=values["reason"], own=own, by=self.acting(), at=timezone.now()
        )


class OfPersonView(VerbView):
    """A verb about one person."""

    @cached_property
    def person(self) -> User:
        """Return the person of the address."""
        theirs = people_secured(self.request.user, timezone.now())
        return get_object_or_404(theirs, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return the person's name."""
        return f"{self.person.name}（{self.person.username}）"


class ResetFactorView(OfPersonView):
    """Take away the second factors of who has lost them."""

    page_title = "重置两步验证"
    button = "重置"
    done = "两步验证已重置，本人下次登录时重新设置。"
    warning = "用于手机、安全密钥遗失。请先当面或者电话核实是本人；重置后其所有登录立即退出。"

    def perform(self, values: dict[str, Any]) -> None:
        """Call reset_second_factor."""
        actions.reset_second_factor(
            self.person, reason=values["reason"], by=self.acting(), at=timezone.now()
        )


class NumberView(OfPersonView):
    """Enter the number of a single sign-on."""

    form_class = NumberForm
    page_title = "登记统一认证号"
    button = "登记"
    done = "统一认证号已登记。"

    def perform(self, values: dict[str, Any]) -> None:
        """Call link_sign_on."""
        actions.link_sign_on(
            self.person, values["provider"], values["number"], by=self.acting(), at=timezone.now()
        )


class NoNumberView(OfPersonView):
    """Take the number away."""

    page_title = "取消统一认证号"
    button = "取消登记"
    done = "统一认证号已取消，本人不能再用统一认证登录。"

    def perform(self, values: dict[str, Any]) -> None:
        """Call unlink_sign_on."""
        actions.unlink_sign_on(
            self.person,
            self.kwargs["provider"],
            reason=values["reason"],
            by=self.acting(),
            at=timezone.now(),
        )
