"""Screens of people: the list, a new account, a new first password, closing and opening."""

from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from gongkai.accounts import actions
from gongkai.accounts.models import User
from gongkai.orgs.models import Post
from gongkai.orgs.staff import forms
from gongkai.orgs.staff.access import acting, people_administered
from gongkai.orgs.staff.base import AdministratorView, VerbView


class PeopleView(AdministratorView):
    """Everybody administered, with the posts they hold."""

    template_name = "orgs/people.html"
    page_title = "人员"
    header_icon = "user"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add people and their posts in force."""
        today = timezone.localdate()
        posts = Post.objects.select_related("organ").order_by("valid_from")
        people = people_administered(self.request).prefetch_related(Prefetch("posts", posts))
        rows = [
            (
                user,
                [
                    str(post)
                    for post in user.posts.all()
                    if post.valid_from <= today and (not post.valid_to or post.valid_to > today)
                ],
            )
            for user in people
        ]
        return super().get_context_data(people=rows, **kwargs)


class CreatePersonView(VerbView):
    """Open an account."""

    form_class = forms.AccountForm
    page_title = "新增人员"
    done = "账号已建立；请到机构页面办理任职，任职后方可进入后台。"

    def perform(self, values: dict[str, Any]) -> str:
        """Call create_user."""
        actions.create_user(
            values["username"],
            name=values["name"],
            phone=values["phone"],
            password=values["new"],
            by=acting(self.request),
            at=timezone.now(),
        )
        return reverse("orgs:people")


class OfPersonView(VerbView):
    """A verb about one person of those administered."""

    @cached_property
    def person(self) -> User:
        """Return the person of the address."""
        return get_object_or_404(people_administered(self.request), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return the person's name."""
        return f"{self.person.name}（{self.person.username}）"


class ResetPasswordView(OfPersonView):
    """Give a new first password."""

    form_class = forms.ResetForm
    page_title = "重置密码"
    done = "密码已重置，下次登录时须由本人修改。"

    def perform(self, values: dict[str, Any]) -> str:
        """Call reset_password."""
        actions.reset_password(
            self.person, password=values["new"], by=acting(self.request), at=timezone.now()
        )
        return reverse("orgs:people")


class DeactivateView(OfPersonView):
    """Close an account."""

    form_class = forms.ReasonForm
    page_title = "停用账号"
    button = "确认停用"
    done = "账号已停用。"
    warning = "停用后本人不能登录，所任岗位不再起作用；其办理过的记录不变。"

    def perform(self, values: dict[str, Any]) -> str:
        """Call deactivate."""
        actions.deactivate(
            self.person, reason=values["reason"], by=acting(self.request), at=timezone.now()
        )
        return reverse("orgs:people")


class ReactivateView(OfPersonView):
    """Open a closed account."""

    form_class = forms.ReasonForm
    page_title = "恢复账号"
    button = "确认恢复"
    done = "账号已恢复。"

    def perform(self, values: dict[str, Any]) -> str:
        """Call reactivate."""
        actions.reactivate(
            self.person, reason=values["reason"], by=acting(self.request), at=timezone.now()
        )
        return reverse("orgs:people")
