"""A text as the public would see it, before it is public: for those who see the entry alone.

The page is drawn with the public site's own style sheet and never kept by a browser or a proxy.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.disclosure.models import Version
from gongkai.disclosure.staff import wording
from gongkai.disclosure.staff.access import EntryScreen
from gongkai.disclosure.staff.attached import with_staff_addresses
from gongkai.disclosure.staff.record import Shown
from gongkai.files.queries import said_size

_BOX = (
    *("document_number", "joint_issuers", "subject", "genre", "formed_on", "mode", "scope"),
    *("expires_on", "keywords"),
)


class PreviewView(EntryScreen):
    """The draft, or the version in review, or the public one; or the version asked for."""

    def get(self, request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
        """Show the page."""
        self.entry = entry = self.find(pk)
        version = self.version(number) if number is not None else None
        shown = Shown(entry, version)
        if shown.told is None:
            raise Http404("这条信息没有可以预览的内容")
        told = shown.told
        facts = {fact.name: fact for fact in wording.facts_of(told)}
        context = {
            "entry": entry,
            "shown": shown,
            "told": told,
            "body": with_staff_addresses(entry, told.body),
            "facts": [facts[name] for name in _BOX if name in facts],
            "files": [
                (file, said_size(file.size), reverse("disclosure:entry_file", args=[pk, file.id]))
                for file in shown.files
                if file.role != "PICTURE"
            ],
        }
        response = render(request, "disclosure/entry/preview.html", context)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def version(self, number: int) -> Version:
        """Return a version of the entry; else 404."""
        found = self.entry.versions.filter(number=number).first()
        if found is None:
            raise Http404("没有这个版本")
        return found
