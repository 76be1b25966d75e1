"""Screens of publishing an entry: where it may go, its wording and preview, how it stands there."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import DocumentPage
from gongkai.newmedia import actions
from gongkai.newmedia.lifecycle import MediaError
from gongkai.newmedia.lifecycle.publications import (
    PublicationEvent,
    PublicationState,
    open_to_publication,
)
from gongkai.newmedia.models import Account, Publication
from gongkai.newmedia.queries import MediaPerson
from gongkai.newmedia.queries import publishing as reading
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.rules.publishing import counted, limits_of
from gongkai.newmedia.staff.access import MediaView, blame
from gongkai.newmedia.staff.forms import WhyForm
from gongkai.newmedia.staff.publish_forms import ByHandForm, WordingForm

_E = PublicationEvent


class PublicationsPanel(Component):
    """On an entry's page: where it stands on platforms, and the way to send it there."""

    template_name = "newmedia/panel.html"

    def __init__(self, entry: Entry, rows: list[Publication], may_publish: bool) -> None:
        self.entry, self.rows, self.may_publish = entry, rows, may_publish

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what the panel shows."""
        return {"entry": self.entry, "rows": self.rows, "may_publish": self.may_publish}


def panel_of(request: HttpRequest, entry: Entry, now: Any) -> PublicationsPanel | None:
    """Return the panel of an entry, None where a person has nothing to see or do there."""
    person = MediaPerson(request.user, now)
    rows = reading.publications_of(entry.pk)
    may_publish = entry.live and bool(reading.accounts_for(entry, person))
    return PublicationsPanel(entry, rows, may_publish) if rows or may_publish else None


class _EntryView(MediaView):
    """A screen about an entry that the public sees."""

    page_title = "发布到新媒体"

    def find(self, pk: int) -> tuple[Entry, DocumentPage, list[reading.Offered]]:
        """Return the entry, its page and the accounts offered; else 404 or refused."""
        entry = Entry.objects.select_related("organ", "published").filter(pk=pk).first()
        if entry is None or entry.organ_id not in self.seen():
            raise Http404("没有这条信息，或者您无权查看。")
        page = reading.page_for(entry)
        if page is None:
            raise Http404("这条信息没有在网站公开，不能发布到新媒体。")
        offered = reading.accounts_for(entry, self.person)
        if not offered:
            raise PermissionDenied
        self.entry = entry
        return entry, page, offered

    def seen(self) -> set[int]:
        """Return the organs whose public information this person may send: all of the county.

        A county's account tells of what a department has published; what is public is public.
        """
        accounts = self.person.recorded.order_by()
        counties = set(accounts.values_list("county_id", flat=True))
        organs = Entry.objects.filter(live=True).filter(organ__county_id__in=counties)
        return {*organs.order_by().values_list("organ_id", flat=True).distinct(), *counties}

    def trail(self) -> list[dict[str, Any]]:
        """Return the entry's page."""
        label = self.entry.title if len(self.entry.title) <= 20 else f"{self.entry.title[:19]}…"
        return [{"url": reverse("disclosure:entry", args=[self.entry.pk]), "label": label}]


class OfferView(_EntryView):
    """The accounts to which an entry may go, and how it stands on each."""

    template_name = "newmedia/publish.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show them."""
        entry, _, offered = self.find(pk)
        return self.render_to_response(self.get_context_data(entry=entry, offered=offered))


class SendView(_EntryView):
    """The wording for one account, its preview, and sending it."""

    template_name = "newmedia/send.html"

    def get(self, request: HttpRequest, pk: int, account: int) -> HttpResponse:
        """Show the form with a wording that fits."""
        _, page, offer = self.offer(pk, account)
        plain = strip_tags(page.body)
        told = reading.suggested_for(offer.account, page, plain)
        first = {"title": told.title, "digest": told.digest, "text": told.text}
        return self.show(page, offer, self.form(page, offer, initial=first))

    def post(self, request: HttpRequest, pk: int, account: int) -> HttpResponse:
        """Send it, or show the preview or what is wrong."""
        entry, page, offer = self.offer(pk, account)
        form = self.form(page, offer, request.POST, request.FILES)
        if not form.is_valid():
            return self.show(page, offer, form)
        cover = form.uploaded() or reading.cover_in(page, form.cleaned_data.get("picture", ""))
        by_hand = bool(form.cleaned_data.get("by_hand")) or not offer.speaks
        try:
            made = actions.publish(
                entry,
                offer.account,
                wording=form.wording(),
                cover=cover,
                by_hand=by_hand,
                **self.who,
            )
        except MediaError as refused:
            return self.show(page, offer, _blame(form, refused))
        done = "请到平台发布，然后登记链接或者截图。" if by_hand else "已提交，几分钟内有结果。"
        messages.success(request, done)
        return redirect("newmedia:publication", made.pk)

    def offer(self, pk: int, account: int) -> tuple[Entry, DocumentPage, reading.Offered]:
        """Return the account that is asked for among those offered; else 404."""
        entry, page, offered = self.find(pk)
        found = next((each for each in offered if each.account.pk == account), None)
        if found is None or found.publication is not None:
            raise Http404("不能发布到这个账号，或者已经发布。")
        return entry, page, found

    def form(self, page: DocumentPage, offer: reading.Offered, *args: Any, **given: Any) -> Any:
        """Return the form for the account's platform."""
        return WordingForm(
            *args,
            platform=Platform(offer.account.platform),
            pictures=reading.pictures_in(page),
            speaks=offer.speaks,
            **given,
        )

    def show(self, page: DocumentPage, offer: reading.Offered, form: Any) -> HttpResponse:
        """Show the form, and beside it what readers of the platform would see."""
        return self.show_form(
            form,
            entry=self.entry,
            offer=offer,
            back=reverse("newmedia:publish", args=[self.entry.pk]),
            **_preview(offer.account, form, page),
        )


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

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        found = self.publication(pk)
        self.page_title = found.title
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
            return self.show(_blame(form, refused))
        messages.success(request, f"已办理：{self.event.label}。")
        return redirect("newmedia:publication", self.about.pk)

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form with what it is about."""
        back = reverse("newmedia:publication", args=[self.about.pk])
        hint = self.about.problem or self.about.title
        return self.show_form(form, account=self.about.account, hint=hint, back=back)


def _blame(form: forms.Form, refused: MediaError) -> forms.Form:
    """Return the form with a refusal at the field it names; the cover's stands at its upload."""
    if refused.field == "cover":
        form.add_error("upload", str(refused))
        return form
    return blame(form, refused)


def _preview(account: Account, form: Any, page: DocumentPage) -> dict[str, Any]:
    """Return what readers would see, and how long each part is of what it may be."""
    limits = limits_of(Platform(account.platform))
    told = {name: str(form[name].value() or "") for name in ("title", "digest", "text")
            if name in form.fields}  # fmt: skip
    lengths = []
    if limits.text is not None:
        lengths.append(("微博文字", counted(told["text"]), limits.text))
    else:
        lengths.append(("标题", len(told["title"]), limits.title))
        lengths.append(("摘要", len(told["digest"]), limits.digest))
    return {
        "told": told,
        "lengths": lengths,
        "paper": reading.link_of(page.address),
        "pictures": len([1 for _ in reading.pictures_in(page)]),
    }


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
