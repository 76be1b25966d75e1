"""The map of the site for people: every column that can be opened, in the order of the tree."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.portal.columns import entries_under
from gongkai.portal.documents import county_of
from gongkai.portal.site import Column, site_of


@dataclass(frozen=True, slots=True)
class Branch:
    """A column with those below it."""

    column: Column
    below: tuple["Branch", ...]


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Show every column as a tree of links."""
    county_of(request)
    tops = [column for column in site_of(request).columns if not column.parent]
    branches = [_branch(request, column) for column in tops]
    return render(request, "portal/site_map.html", {"branches": branches})


def _branch(request: HttpRequest, column: Column) -> Branch:
    path = column.url.strip("/")
    return Branch(column, tuple(_branch(request, each) for each in entries_under(path, request)))
