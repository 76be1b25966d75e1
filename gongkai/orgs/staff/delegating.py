"""Screens of delegation: one's own posts lent and received; for administrators, their county's."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.orgs import actions
from gongkai.orgs.models import Delegation, Organ, Post
from gongkai.orgs.queries import held_by, in_force
from gongkai.orgs.rules import ADMINISTRATIVE, MOST_DAYS_LENT
from gongkai.orgs.staff.access import acting, administered, may_administer
from gongkai.orgs.staff.base import AdministratorView, DayInput, VerbView


def may_delegate(request: HttpRequest) -> bool:
    """Return whether the user lends posts, has one lent, or looks after those who do."""
    return may_administer(request) or any(
        post.role not in ADMINISTRATIVE for post in held_by(request.user, timezone.localdate())
    )


def delegations_shown(request: HttpRequest) -> QuerySet[Delegation]:
    """Return the delegations the user gave or received, or whose organs they administer."""
    mine = Q(post__user=request.user) | Q(to=request.user)
    if may_administer(request):
        mine |= Q(post__organ__in=administered(request))
    found = Delegation.objects.filter(mine).select_related("post__organ", "post__user", "to")
    return found.distinct()


def posts_lent_out(request: HttpRequest) -> QuerySet[Post]:
    """Return the posts that the user may lend: one's own, or those of organs administered."""
    today = timezone.localdate()
    mine = Q(user=request.user)
    if may_administer(request):
        mine |= Q(organ__in=administered(request))
    found = Post.objects.filter(in_force(today), mine).exclude(role__in=ADMINISTRATIVE)
    return found.select_related("organ", "user").order_by("organ__order", "user__name")


def _acting(request: HttpRequest, post: Post) -> Actor:
    """Return who acts: the holder of the post, else the administrator."""
    if post.user_id == request.user.pk:
        return request.user.actor(str(post))
    return acting(request)


class DelegateForm(forms.Form):
    """A post lent to somebody."""

    post = forms.ModelChoiceField(Post.objects.none(), label="委托的岗位")
    to = forms.ModelChoiceField(User.objects.none(), label="受托人")
    on = forms.DateField(label="委托起始日期", widget=DayInput)
    until = forms.DateField(
        label="委托终止日期",
        widget=DayInput,
        help_text=f"当日起不再有效；一次不超过 {MOST_DAYS_LENT} 日",
    )
    reason = forms.CharField(label="委托事由", max_length=200, help_text="如“赴省委党校培训”")

    def __init__(
        self, *args: Any, posts: QuerySet[Post], people: QuerySet[User], own: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts
        self.fields["post"].label_from_instance = lambda post: (
            str(post) if post.user_id == own.pk else f"{post.user.name}：{post}"
        )
        self.fields["to"].queryset = people
        self.fields["to"].label_from_instance = lambda user: f"{user.name}（{user.username}）"


class EndForm(forms.Form):
    """Why a delegation ends before its day."""

    reason = forms.CharField(label="事由", max_length=200, required=False)


class DelegationsView(AdministratorView):
    """What is lent, in force first."""

    template_name = "orgs/delegations.html"
    page_title = "岗位委托"
    header_icon = "group"

    def lets_in(self, request: HttpRequest) -> bool:
        """Return whether the user has a post to lend, or looks after those who do."""
        return may_delegate(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is in force or to come, and what is over."""
        today = timezone.localdate()
        found = list(delegations_shown(self.request))
        return super().get_context_data(
            present=[each for each in found if each.valid_to > today],
            gone=[each for each in found if each.valid_to <= today][:100],
            today=today,
            **kwargs,
        )


class LendingView(VerbView):
    """A verb about delegations: open to whoever lends, not to administrators alone."""

    def lets_in(self, request: HttpRequest) -> bool:
        """Return whether the user has a post to lend, or looks after those who do."""
        return may_delegate(request)


class DelegateView(LendingView):
    """Lend a post."""

    form_class = DelegateForm
    page_title = "办理委托"
    button = "确认委托"
    done = "委托已登记，自起始日期起生效；受托人办理的事项，操作日志同时记明双方姓名。"
    warning = "委托期间受托人可以办理该岗位的全部事项，责任由委托人和受托人共同承担。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the posts that may be lent and the people of their counties."""
        posts = posts_lent_out(self.request)
        counties = {organ.county_id or organ.pk for organ in _organs(posts)}
        near = Organ.objects.filter(Q(pk__in=counties) | Q(county__in=counties))
        holders = Post.objects.filter(in_force(timezone.localdate()), organ__in=near)
        people = User.objects.filter(
            is_active=True,
            pk__in=holders.exclude(role__in=ADMINISTRATIVE).values("user_id"),
        ).order_by("name", "username")
        return {
            **super().get_form_kwargs(),
            "posts": posts,
            "people": people,
            "own": self.request.user,
        }

    def perform(self, values: dict[str, Any]) -> str:
        """Call delegate."""
        by = _acting(self.request, values["post"])
        actions.delegate(**values, by=by, at=timezone.now())
        return reverse("orgs:delegations")


def _organs(posts: QuerySet[Post]) -> list[Organ]:
    return [post.organ for post in posts]


class EndDelegationView(LendingView):
    """End a delegation at once, by either side or an administrator."""

    form_class = EndForm
    page_title = "终止委托"
    button = "立即终止"
    done = "委托已终止，受托人即时不能再办理该岗位的事项。"

    @cached_property
    def held(self) -> Delegation:
        """Return the delegation of the address, among those shown to the user."""
        return get_object_or_404(delegations_shown(self.request), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return who has lent what to whom."""
        return f"{self.held.post.user.name}：{self.held.post} → {self.held.to.name}"

    def perform(self, values: dict[str, Any]) -> str:
        """Call end_delegation."""
        user = self.request.user
        mine = user.pk in (self.held.post.user_id, self.held.to_id)
        by = user.actor(str(self.held.post)) if mine else acting(self.request)
        actions.end_delegation(self.held, by=by, at=timezone.now(), **values)
        return reverse("orgs:delegations")
