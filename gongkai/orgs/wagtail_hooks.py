"""Hangs the screens of organs, people and the log in the staff site."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.orgs.staff import delegating, handing_over, organs, people, reviewing
from gongkai.orgs.staff.access import may_administer, may_audit
from gongkai.orgs.staff.log import LogView

PATTERNS = [
    path("organs/", organs.OrganListView.as_view(), name="index"),
    path("organs/establish/", organs.EstablishView.as_view(), name="establish"),
    path("organs/<int:pk>/", organs.OrganView.as_view(), name="record"),
    path("organs/<int:pk>/amend/", organs.AmendView.as_view(), name="amend"),
    path("organs/<int:pk>/rename/", organs.RenameView.as_view(), name="rename"),
    path("organs/<int:pk>/abolish/", organs.AbolishView.as_view(), name="abolish"),
    path("organs/<int:pk>/succeed/", organs.SucceedView.as_view(), name="succeed"),
    path("organs/<int:pk>/appoint/", organs.AppointView.as_view(), name="appoint"),
    path("posts/<int:pk>/dismiss/", organs.DismissView.as_view(), name="dismiss"),
    path("people/", people.PeopleView.as_view(), name="people"),
    path("people/create/", people.CreatePersonView.as_view(), name="create_person"),
    path("people/<int:pk>/password/", people.ResetPasswordView.as_view(), name="reset_password"),
    path("people/<int:pk>/deactivate/", people.DeactivateView.as_view(), name="deactivate"),
    path("people/<int:pk>/reactivate/", people.ReactivateView.as_view(), name="reactivate"),
    path("people/<int:pk>/handover/", handing_over.HandoverView.as_view(), name="handover"),
    path("delegations/", delegating.DelegationsView.as_view(), name="delegations"),
    path("delegations/add/", delegating.DelegateView.as_view(), name="delegate"),
    path(
        "delegations/<int:pk>/end/", delegating.EndDelegationView.as_view(), name="end_delegation"
    ),
    path("review/", reviewing.ReviewView.as_view(), name="review"),
    path("review/list.xlsx", reviewing.ReviewFileView.as_view(), name="review_file"),
    path("review/confirm/", reviewing.ConfirmView.as_view(), name="confirm_review"),
    path("log/", LogView.as_view(), name="log"),
]


class AdministratorItem(MenuItem):
    """Shown to administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user administers anything."""
        return may_administer(request)


class AuditorItem(MenuItem):
    """Shown to auditors."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user reads the log."""
        return may_audit(request)


class LenderItem(MenuItem):
    """Shown to those who lend posts or look after those who do."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user holds a post that can be lent."""
        return delegating.may_delegate(request)


class ReviewerItem(MenuItem):
    """Shown to those who review rights."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user reads the rights of a county."""
        return reviewing.may_review(request)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens."""
    return [path("orgs/", include((PATTERNS, "orgs")))]


@hooks.register("register_settings_menu_item")
def register_organs() -> MenuItem:
    """Add the organs."""
    return AdministratorItem("机构", reverse("orgs:index"), icon_name="site", order=100)


@hooks.register("register_settings_menu_item")
def register_people() -> MenuItem:
    """Add the people."""
    return AdministratorItem("人员", reverse("orgs:people"), icon_name="user", order=110)


@hooks.register("register_settings_menu_item")
def register_delegations() -> MenuItem:
    """Add the delegations."""
    return LenderItem("岗位委托", reverse("orgs:delegations"), icon_name="group", order=112)


@hooks.register("register_settings_menu_item")
def register_review() -> MenuItem:
    """Add the review of rights."""
    return ReviewerItem("权限复核", reverse("orgs:review"), icon_name="key", order=115)


@hooks.register("register_settings_menu_item")
def register_log() -> MenuItem:
    """Add the log."""
    return AuditorItem("操作日志", reverse("orgs:log"), icon_name="history", order=120)
