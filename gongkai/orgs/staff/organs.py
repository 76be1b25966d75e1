"""Screens of organs: the list, one organ with its names, successors and posts, and its verbs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from gongkai.orgs import actions
from gongkai.orgs.models import Organ, OrganKind, Post, Role
from gongkai.orgs.queries import posts_in, succession_of
from gongkai.orgs.staff import forms
from gongkai.orgs.staff.access import acting, administered, people_administered
from gongkai.orgs.staff.base import AdministratorView, VerbView


class OrganListView(AdministratorView):
    """Every organ administered, those in being first."""

    template_name = "orgs/organ_list.html"
    page_title = "机构"
    header_icon = "site"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Split the organs into those in being and those abolished."""
        organs = list(administered(self.request).select_related("superior"))
        today = timezone.localdate()
        gone = [organ for organ in organs if organ.valid_to and organ.valid_to <= today]
        return super().get_context_data(
            present=[organ for organ in organs if organ not in gone], gone=gone, **kwargs
        )


class OfOrganMixin:
    """A screen about one organ of those administered; others do not exist here."""

    @cached_property
    def organ(self) -> Organ:
        """Return the organ of the address."""
        return get_object_or_404(administered(self.request), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return the organ's name."""
        return self.organ.name

    def back(self) -> str:
        """Return the address of the organ's page."""
        return reverse("orgs:record", args=[self.organ.pk])


class OrganView(OfOrganMixin, AdministratorView):
    """One organ: details, names, successors, posts."""

    template_name = "orgs/organ.html"
    page_title = "机构"
    header_icon = "site"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add names, successors and posts."""
        before, after = succession_of(self.organ)
        today = timezone.localdate()
        return super().get_context_data(
            organ=self.organ,
            names=self.organ.names.order_by("valid_from"),
            predecessors=before,
            successors=after,
            posts=[
                (post, post.valid_to is None or post.valid_to > today)
                for post in posts_in(self.organ)
            ],
            **kwargs,
        )


class EstablishView(VerbView):
    """Set up an organ."""

    form_class = forms.EstablishForm
    page_title = "设立机构"
    done = "机构已设立。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the organs administered."""
        return {**super().get_form_kwargs(), "organs": administered(self.request)}

    def perform(self, values: dict[str, Any]) -> str:
        """Call establish."""
        organ = actions.establish(
            values.pop("code"),
            kind=OrganKind(values.pop("kind")),
            by=acting(self.request),
            at=timezone.now(),
            **values,
        )
        return reverse("orgs:record", args=[organ.pk])


class AmendView(OfOrganMixin, VerbView):
    """Change details."""

    form_class = forms.DetailsForm
    page_title = "修改机构资料"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the organs administered."""
        return {**super().get_form_kwargs(), "organs": administered(self.request)}

    def get_initial(self) -> dict[str, Any]:
        """Start from what is there."""
        return {name: getattr(self.organ, name) for name in forms.DetailsForm.base_fields}

    def perform(self, values: dict[str, Any]) -> str:
        """Call amend."""
        actions.amend(self.organ, by=acting(self.request), at=timezone.now(), **values)
        return self.back()


class RenameView(OfOrganMixin, VerbView):
    """Give a new name."""

    form_class = forms.RenameForm
    page_title = "机构更名"
    done = "新名称已登记，原名称保留至启用日期前一日。"

    def perform(self, values: dict[str, Any]) -> str:
        """Call rename."""
        actions.rename(self.organ, by=acting(self.request), at=timezone.now(), **values)
        return self.back()


class AbolishView(OfOrganMixin, VerbView):
    """Abolish."""

    form_class = forms.AbolishForm
    page_title = "撤销机构"
    button = "确认撤销"
    done = "机构已撤销，其岗位同时终止；请登记承接机构。"
    warning = "撤销后不能恢复。该机构的全部岗位自撤销日期起终止，其记录由承接机构继续办理。"

    def perform(self, values: dict[str, Any]) -> str:
        """Call abolish."""
        actions.abolish(self.organ, by=acting(self.request), at=timezone.now(), **values)
        return self.back()


class SucceedView(OfOrganMixin, VerbView):
    """Say who takes over."""

    form_class = forms.SucceedForm
    page_title = "登记承接机构"
    done = "承接机构已登记。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the other organs."""
        organs = administered(self.request).exclude(pk=self.organ.pk)
        return {**super().get_form_kwargs(), "organs": organs}

    def perform(self, values: dict[str, Any]) -> str:
        """Call succeed."""
        actions.succeed(
            self.organ,
            values.pop("successor"),
            by=acting(self.request),
            at=timezone.now(),
            **values,
        )
        return self.back()


class AppointView(OfOrganMixin, VerbView):
    """Give somebody a post."""

    form_class = forms.AppointForm
    page_title = "任职"
    done = "岗位已登记。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people administered."""
        return {**super().get_form_kwargs(), "people": people_administered(self.request)}

    def perform(self, values: dict[str, Any]) -> str:
        """Call appoint."""
        actions.appoint(
            values["user"],
            self.organ,
            Role(values["role"]),
            on=values["on"],
            until=values["until"],
            by=acting(self.request),
            at=timezone.now(),
        )
        return self.back()


class DismissView(VerbView):
    """End a post."""

    form_class = forms.DismissForm
    page_title = "免去岗位"
    button = "确认离任"
    done = "离任已登记。"

    @cached_property
    def post_held(self) -> Post:
        """Return the post of the address, of an organ administered."""
        posts = Post.objects.filter(organ__in=administered(self.request))
        return get_object_or_404(posts.select_related("organ", "user"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return who holds what."""
        return f"{self.post_held.user.name}：{self.post_held}"

    def perform(self, values: dict[str, Any]) -> str:
        """Call dismiss."""
        actions.dismiss(self.post_held, by=acting(self.request), at=timezone.now(), **values)
        return reverse("orgs:record", args=[self.post_held.organ_id])
