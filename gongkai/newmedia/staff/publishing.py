"""Screens of publishing an entry: where it may go, its wording and its preview."""

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
from gongkai.newmedia.models import Account, Publication
from gongkai.newmedia.queries import MediaPerson
from gongkai.newmedia.queries import publishing as reading
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.rules.publishing import counted, limits_of
from gongkai.newmedia.staff.access import MediaView, blame
from gongkai.newmedia.staff.publish_forms import WordingForm


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
    may_publish = reading.may_publish(entry, person)
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
            return self.show(page, offer, blame_cover(form, refused))
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


def blame_cover(form: forms.Form, refused: MediaError) -> forms.Form:
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
