"""Making a page as its view makes it for anybody: no cookie, no session, no middleware.

A page that would set a cookie, or holds a CSRF token, differs by who asks and is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template import engines
from django.urls import Resolver404, URLResolver, get_resolver

from gongkai.adapters.sitefiles.places import File, file_of, place_of
from gongkai.disclosure.queries import DocumentPage, pages_of
from gongkai.portal.columns import menu_of
from gongkai.portal.documents import context_of
from gongkai.portal.models import SiteProfile
from gongkai.portal.publishing.frames import Frames
from gongkai.portal.records import card_of
from gongkai.portal.site import PublicSite, read_anew


class NotForEverybody(RuntimeError):
    """A page differs by who asks for it, so it cannot be a file."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it was made: `body` is None where nothing stands, `gone` when it says so (410)."""

    address: str
    body: bytes | None
    gone: bool = False


class View:
    """One county's public site as anybody sees it now."""

    def __init__(self, profile: SiteProfile, *, by_frames: bool = True) -> None:
        """Take the site; its tree of sections is read once, now.

        Not `by_frames`, every page of a document is rendered by its template alone.
        """
        self.profile, self.county = profile, profile.county
        whole = urlsplit(profile.site.root_url)
        self.host = _host_of(profile)
        self._environ = _environ(whole.scheme, self.host, profile.site.port)
        self.site: PublicSite = read_anew(self._bare("/"))
        self._frames = Frames() if by_frames else None

    def _bare(self, address: str) -> WSGIRequest:
        return WSGIRequest(self._environ | {"PATH_INFO": address, "wsgi.input": BytesIO()})

    def request(self, address: str) -> HttpRequest:
        """Return a request for an address, by nobody in particular."""
        request = self._bare(address)
        read_anew(request, self.site)
        return request

    def place(self, address: str) -> str:
        """Return where an address stands in a tree."""
        return place_of(self.host, address)

    def file(self, made: Made) -> File:
        """Return the file of a page that stands."""
        assert made.body is not None  # noqa: S101 -- the caller has asked
        return file_of(self.host, made.address, made.body)

    @cached_property
    def _resolver(self) -> URLResolver:
        return get_resolver(settings.ROOT_URLCONF)

    def make(self, address: str) -> Made:
        """Make the page of an address.

        Raises:
            NotForEverybody: it would set a cookie or holds a token.
        """
        request = self.request(address)
        try:
            found = self._resolver.resolve(address)
            answer = found.func(request, *found.args, **found.kwargs)
        except (Http404, Resolver404):
            return Made(address, None)
        return _made(address, request, answer)

    def documents(self, keys: list[int]) -> Iterator[tuple[DocumentPage, Made]]:
        """Make the pages of many entries: one query for all that belong to no other record."""
        for page in pages_of(self.county.pk, keys):
            yield page, self.document(page)

    def document(self, page: DocumentPage) -> Made:
        """Make the page of one entry, as `documents.document` does."""
        if not page.live or self._frames is None:
            return self.make(page.address)
        request = self.request(page.address)
        context = context_of(request, page, card_of(page))
        text = self._frames.render(request, context)
        _refuse_personal(page.address, request)
        return Made(page.address, text.encode())

    def frame(self) -> str:
        """Return all that stands on every page or decides which pages there are."""
        request = self.request("/")
        header = engines["django"].get_template("portal/base.html")
        menu = [(each.url, each.title) for each in menu_of(request)]
        full = sorted(pk for pk, live in self.site.live.items() if live)
        return repr((header.render({}, request), menu, self.site.columns, full))


def _environ(scheme: str, host: str, port: int) -> dict[str, object]:
    usual = port == (443 if scheme == "https" else 80)
    environ: dict[str, object] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host if usual else f"{host}:{port}",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": scheme,
    }
    told = settings.SECURE_PROXY_SSL_HEADER
    if told and scheme == "https":
        environ[told[0]] = told[1]
    return environ


def _made(address: str, request: HttpRequest, answer: HttpResponseBase) -> Made:
    if hasattr(answer, "render"):
        answer = answer.render()
    _refuse_personal(address, request)
    if answer.cookies:
        raise NotForEverybody(f"{address} 会设置 Cookie，不能生成文件")
    if answer.status_code not in (200, 410):
        return Made(address, None)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Made(address, body, gone=answer.status_code == 410)


def _refuse_personal(address: str, request: HttpRequest) -> None:
    if "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
        raise NotForEverybody(f"{address} 带有表单令牌，不能生成文件")


def _host_of(profile: SiteProfile) -> str:
    return urlsplit(profile.site.root_url).hostname or profile.site.hostname


def hosts() -> set[str]:
    """Return the host of every county's site. One query."""
    return {_host_of(profile) for profile in SiteProfile.objects.select_related("site")}


def views(*, by_frames: bool = True) -> list[View]:
    """Return every county's site that is open, as it is now."""
    found = SiteProfile.objects.select_related("county", "site__root_page").order_by("pk")
    return [View(profile, by_frames=by_frames) for profile in found]
