"""The administrator's screen on which a leaving person's posts and work are passed on."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.orgs import actions
from gongkai.orgs.queries import posts_of
from gongkai.orgs.staff.access import acting, people_administered
from gongkai.orgs.staff.people import OfPersonView


class HandoverForm(forms.Form):
    """Who takes over, and why."""

    successor = forms.ModelChoiceField(User.objects.none(), label="接任人")
    reason = forms.CharField(label="移交事由", max_length=200, help_text="如“调离”“轮岗”“退休”")
    close = forms.BooleanField(label="同时停用移交人的账号", required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = people
        self.fields["successor"].label_from_instance = lambda user: (
            f"{user.name}（{user.username}）"
        )


class HandoverView(OfPersonView):
    """Pass on everything of one person."""

    form_class = HandoverForm
    template_name = "orgs/handover.html"
    page_title = "工作移交"
    button = "确认移交"
    done = ""
    warning = (
        "移交当日生效：移交人的全部岗位终止，由接任人担任；移交人出借和受托的岗位同时终止；"
        "在办的工作转给接任人。密码不移交。"
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer everybody else administered."""
        people = people_administered(self.request).filter(is_active=True)
        return {**super().get_form_kwargs(), "people": people.exclude(pk=self.person.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is to be passed on."""
        today = timezone.localdate()
        return super().get_context_data(
            held=posts_of(self.person, today).filter(user=self.person),
            work=actions.open_work(self.person, today),
            **kwargs,
        )

    def perform(self, values: dict[str, Any]) -> str:
        """Call hand_over and say what was done."""
        done = actions.hand_over(
            self.person,
            values.pop("successor"),
            by=acting(self.request),
            at=timezone.now(),
            **values,
        )
        moved = sum(done.moved.values())
        self.done = f"移交完成：移交岗位 {len(done.posts)} 个，转交本人在办的工作 {moved} 件。"
        return reverse("orgs:people")
