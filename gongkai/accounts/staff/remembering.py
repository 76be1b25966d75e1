"""Lets a web request ask a question once, however many menu entries and panels want it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from gongkai.accounts.queries import remembering


class Remember:
    """Middleware: a request that only reads asks for posts and calendar once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a reading request with a memory of its own; what may write has none."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with remembering():
            return self.get_response(request)
