"""Whose files a person may see: what the chapter of the record says, and nothing otherwise."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.audit import Actor
from gongkai.files import CaseAccess, access_to
from gongkai.files.actions import FileRefused, open_file
from gongkai.files.models import StoredFile
from gongkai.files.queries import FileLost, content

_LOOKED = "files_looked_at"
_ONE_LOOK = timedelta(hours=1)  # pages turned within it are one reading


class FilesView(WagtailAdminTemplateMixin, View):
    """A screen of files: the person's access, the file, who acts."""

    header_icon = "doc-full"

    @cached_property
    def now(self) -> datetime:
        """The moment of the request."""
        return timezone.now()

    def enter(self, about: str) -> CaseAccess:
        """Return this person's access to the files about a record; 404 without any."""
        access = access_to(about, self.request.user, self.now)
        if access is None:
            raise Http404("没有这份记录，或者您无权查看。")
        self.access = access
        return access

    def file(self, pk: UUID) -> StoredFile:
        """Return a file that this person may see; else 404."""
        found = StoredFile.objects.select_related("organ", "made_from").filter(pk=pk).first()
        if found is None:
            raise Http404("没有这个文件，或者您无权查看。")
        if found.purpose in self.enter(found.about).withheld:
            raise Http404("没有这个文件，或者您无权查看。")
        return found

    def allow_adding(self) -> None:
        """Refuse a person who may only look."""
        if not self.access.may_add:
            raise PermissionDenied

    @property
    def actor(self) -> Actor:
        """Return the person by value, with the posts the chapter says they act from."""
        return self.request.user.actor(self.access.post)

    def look(self, file: StoredFile) -> bytes:
        """Return a file's bytes for reading page by page; one reading is logged once.

        Raises:
            FileRefused: the bytes are gone or altered.
        """
        looked = dict(self.request.session.get(_LOOKED, {}))
        last = looked.get(str(file.pk))
        if last is not None and self.now - datetime.fromisoformat(last) < _ONE_LOOK:
            try:
                return content(file)
            except FileLost as why:
                raise FileRefused(str(why)) from None
        data = open_file(file, by=self.actor, at=self.now, how="逐页查看")
        fresh = {
            pk: at for pk, at in looked.items() if self.now - datetime.fromisoformat(at) < _ONE_LOOK
        }
        self.request.session[_LOOKED] = {**fresh, str(file.pk): self.now.isoformat()}
        return data

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen: the record, then here."""
        return [
            {"url": self.access.address, "label": self.access.label},
            {"url": "", "label": self.get_page_title()},
        ]


def sealed_off(data: bytes, media_type: str, name: str = "") -> HttpResponse:
    """Return bytes of a stranger's file: never sniffed, cached or run; attached under `name`."""
    response = HttpResponse(data, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if name:
        response["Content-Disposition"] = content_disposition_header(True, name)
    return response
