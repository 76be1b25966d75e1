"""One's own sign-in: where one is signed in, the second factor, the password."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from gongkai.accounts import actions
from gongkai.accounts.queries import needs_second_factor, second_factors_of, sessions_of


class OwnView(WagtailAdminTemplateMixin, TemplateView):
    """Show it; sign out everywhere else by POST."""

    template_name = "accounts/own.html"
    page_title = "我的登录"
    header_icon = "user"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """End the path with this page, whose name the header shows."""
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Call the verb."""
        key = request.session.session_key or ""
        user = request.user
        try:
            count = actions.sign_out_elsewhere(user, key=key, by=user.actor(), at=timezone.now())
        except actions.AccountError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"已退出其他{count}处登录。")
        return redirect("accounts:own")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add sessions and second factors."""
        user = self.request.user
        labels = factor_labels()
        kinds = second_factors_of([user.pk]).get(user.pk, [])
        return super().get_context_data(
            sessions=sessions_of(user),
            here=self.request.session.session_key,
            factors=sorted({labels[kind] for kind in kinds}),
            needed=needs_second_factor(user, timezone.now()),
            optional=settings.GONGKAI_SECOND_FACTOR != "required",
            limit=settings.GONGKAI_SESSIONS_AN_ACCOUNT,
            idle=settings.GONGKAI_IDLE_MINUTES,
            days=settings.GONGKAI_PASSWORD_DAYS,
            **kwargs,
        )


def factor_labels() -> dict[str, str]:
    """Return the Chinese name of each kind of second factor."""
    kinds = Authenticator.Type
    return {kinds.TOTP: "验证器", kinds.WEBAUTHN: "安全密钥", kinds.RECOVERY_CODES: "备用码"}
