"""Changing one's password; whoever must change theirs comes here before anything else."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from gongkai.accounts import actions
from gongkai.accounts.queries import password_expired

_NEW = {"autocomplete": "new-password"}


class PasswordForm(forms.Form):
    """The old password once, the new one twice."""

    old = forms.CharField(
        label="原密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new = forms.CharField(
        label="新密码",
        strip=False,
        widget=forms.PasswordInput(attrs=_NEW),
        help_text=password_validation.password_validators_help_text_html(),
    )
    again = forms.CharField(
        label="再次输入新密码", strip=False, widget=forms.PasswordInput(attrs=_NEW)
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two new passwords that differ."""
        values = super().clean() or {}
        if values.get("new") != values.get("again"):
            self.add_error("again", "两次输入的新密码不一致，请重新输入")
        return values


class ChangePasswordView(WagtailAdminTemplateMixin, FormView):
    """Change one's own password."""

    form_class = PasswordForm
    template_name = "accounts/change_password.html"
    page_title = "修改密码"
    header_icon = "password"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """End the path with this page, whose name the header shows."""
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        """Call the verb; keep the session."""
        user = self.request.user
        values = form.cleaned_data
        try:
            user = actions.change_password(
                user,
                old=values["old"],
                new=values["new"],
                by=user.actor(),
                at=timezone.now(),
            )
        except actions.AccountError as error:
            form.add_error(error.field, str(error))
            return self.form_invalid(form)
        before = self.request.session.session_key
        update_session_auth_hash(self.request, user)
        actions.keep_session(before or "", self.request.session.session_key or "")
        messages.success(self.request, "密码已修改。")
        return redirect("wagtailadmin_home")


class RequireNewPassword:
    """Middleware: until a first or an old password is changed, the staff site shows that form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send whoever must change the password to the form."""
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        expired = password_expired(user, timezone.now())
        if not (user.must_change_password or expired):
            return self.get_response(request)
        form = reverse("accounts:change_password")
        free = (
            form,
            reverse("wagtailadmin_logout"),
            reverse("wagtailadmin_javascript_catalog"),
            reverse("accounts:stay"),
        )
        inside = request.path.startswith(reverse("wagtailadmin_home"))
        if inside and request.path not in free:
            why = f"密码使用已满{settings.GONGKAI_PASSWORD_DAYS}天，请先修改密码，再办理业务。"
            first = "请先修改初始密码，再办理业务。"
            messages.warning(request, first if user.must_change_password else why)
            return redirect(form)
        return self.get_response(request)
