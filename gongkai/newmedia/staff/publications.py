"""Screens of one publication: how it stands on its platform, what may be done with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.newmedia import actions
from gongkai.newmedia.lifecycle import MediaError
from gongkai.newmedia.lifecycle.publications import (
    PublicationEvent,
    PublicationState,
    open_to_publication,
)
from gongkai.newmedia.models import Publication
from gongkai.newmedia.queries import publishing as reading
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.staff.access import MediaView
from gongkai.newmedia.staff.forms import WhyForm
from gongkai.newmedia.staff.publish_forms import ByHandForm, WordingForm
from gongkai.newmedia.staff.publishing import blame_cover

_E = PublicationEvent
PAGE = 50


class PublicationsView(MediaView):
    """The publications on accounts that a person sees, of one state where told."""

    template_name = "newmedia/publications.html"
    page_title = "新媒体发布"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        state = request.GET.get("state", "")[:20]
        found = reading.publications_for(self.person, state)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            state=state,
            states=list(PublicationState),
            linkurl=reverse("newmedia:publications"),
        )
        return self.render_to_response(context)


class _PublicationScreen(MediaView):
    """A screen of one publication."""

    def publication(self, pk: int) -> Publication:
        """Return a publication that this person sees; else 404."""
        found = reading.find_publication(pk, self.person)
        if found is None:
            raise Http404("没有这条新媒体发布，或者您无权查看。")
        self.about = found
        return found

    def trail(self) -> list[dict[str, Any]]:
        """Return the account's page."""
        return self.to_account(self.about.account)


class PublicationView(_PublicationScreen):
    """How one entry stands on one account, what happened, what may be done."""

    template_name = "newmedia/publication.html"
    page_title = "新媒体发布"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        found = self.publication(pk)
        may = self.person.records_for(found.account)
        events = open_to_publication(PublicationState(found.state)) if may else ()
        context = self.get_context_data(
            publication=found,
            acts=[(slug, event.label) for slug, (event, *_) in ACTS.items() if event in events],
            steps=list(found.steps.order_by("pk")),
            outdated=reading.is_outdated(found),
            waiting=found.state in (PublicationState.QUEUED, PublicationState.SUBMITTED),
        )
        return self.render_to_response(context)


class PublicationActView(_PublicationScreen):
    """The form of one act on a publication and its doing."""

    template_name = "newmedia/form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the act and the publication; refuse what is not this person's, or not now."""
        found = self.publication(kwargs["pk"])
        if kwargs["act"] not in ACTS:
            raise Http404("没有这个事项。")
        self.event, self.make, self.take = ACTS[kwargs["act"]]
        self.page_title = self.event.label
        if not self.person.records_for(found.account):
            raise PermissionDenied
        if self.event not in open_to_publication(PublicationState(found.state)):
            messages.error(
                request, f"不能{self.event.label}：现在是“{found.get_state_display()}”。"
            )
            return redirect("newmedia:publication", found.pk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Show the form."""
        return self.show(self.make(self.about))

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Do it, or show the form again with what stands against it."""
        form = self.make(self.about, request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        try:
            self.take(self.about, form, self.who)
        except MediaError as refused:
            return self.show(blame_cover(form, refused))
        messages.success(request, f"已办理：{self.event.label}。")
        return redirect("newmedia:publication", self.about.pk)

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form with what it is about."""
        back = reverse("newmedia:publication", args=[self.about.pk])
        hint = self.about.problem or self.about.title
        return self.show_form(form, account=self.about.account, hint=hint, back=back)


def _wording_form(publication: Publication, *args: Any) -> WordingForm:
    page = reading.page_for(publication.entry)
    told = {"title": publication.title, "digest": publication.digest, "text": publication.text}
    return WordingForm(
        *args,
        platform=Platform(publication.account.platform),
        pictures=reading.pictures_in(page) if page else [],
        speaks=False,
        has_cover=publication.cover_id is not None,
        initial=told,
    )


def _retry(publication: Publication, form: Any, who: dict[str, Any]) -> object:
    page = reading.page_for(publication.entry)
    key = form.cleaned_data.get("picture", "")
    chosen = reading.cover_in(page, key) if page and key else None
    cover = form.uploaded() or chosen
    return actions.retry(publication, wording=form.wording(), cover=cover, **who)


class _Nothing(forms.Form):
    """A step that needs no words."""


Make = Callable[..., Any]
ACTS: dict[str, tuple[PublicationEvent, Make, Callable[[Publication, Any, Any], object]]] = {
    "record": (
        _E.RECORD,
        lambda _, *args: ByHandForm(*args),
        lambda found, form, who: actions.record_by_hand(found, **form.told(), **who),
    ),
    "retry": (_E.RETRY, _wording_form, _retry),
    "hand-over": (
        _E.HAND_OVER,
        lambda _, *args: _Nothing(*args),
        lambda found, form, who: actions.hand_over(found, **who),
    ),
    "take-down": (
        _E.TAKE_DOWN,
        lambda _, *args: WhyForm(*args),
        lambda found, form, who: actions.take_down(found, why=form.cleaned_data["why"], **who),
    ),
    "gone": (
        _E.VANISH,
        lambda _, *args: WhyForm(*args),
        lambda found, form, who: actions.record_gone(found, why=form.cleaned_data["why"], **who),
    ),
    "cancel": (
        _E.CANCEL,
        lambda _, *args: WhyForm(*args),
        lambda found, form, who: actions.cancel_publication(
            found, why=form.cleaned_data["why"], **who
        ),
    ),
}
