"""What Wagtail's own admin lets an ordinary official see: nothing of pages, files or people."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.images.models import Image
from wagtail.models import GroupPagePermission, Page

from gongkai.accounts.models import User
from gongkai.orgs.models import Role
from gongkai.orgs.tests.factories import make_county, make_post, make_user

OPEN = {
    "/staff/",
    "/staff/account/",
    "/staff/dismissibles/",
    "/staff/jsi18n/",
    "/staff/login/",
    "/staff/logout/",
    "/staff/sprite/",
    # One's own second factor, and showing anew who one is (accounts.staff.urls).
    "/staff/login/confirm/",
    "/staff/second-factor/",
    "/staff/second-factor/app/",
    "/staff/second-factor/authenticate/",
    "/staff/second-factor/codes/",
    "/staff/second-factor/codes/make/",
    "/staff/second-factor/confirm/",
    "/staff/second-factor/app/remove/",
    "/staff/second-factor/keys/",
    "/staff/second-factor/keys/1/",
    "/staff/second-factor/keys/1/remove/",
    "/staff/second-factor/keys/add/",
    "/staff/second-factor/keys/confirm/",
}
ANY = "00000000-0000-0000-0000-000000000001"


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        else:
            yield route, each


def address(route: str) -> str:
    """Fill a route's places with something that fits them."""
    route = re.sub(r"\(\?P<\w+>[^)]*\)|\(\\d\+\)", "1", route)
    route = re.sub(r"<uuid:\w+>", ANY, route)
    route = re.sub(r"<(\w+:)?\w+>", "1", route)
    return "/staff/" + re.sub(r"[\^$\\]|\\Z", "", route)


WAGTAILS = sorted(
    {
        address(route)
        for route, pattern in routes(get_resolver("gongkai.config.urls_staff"))
        if not pattern.callback.__module__.startswith("gongkai.")
    }
)


@pytest.fixture
def clerk(client, db) -> User:
    user = make_user("clerk")
    make_post(user, make_county().finance, Role.DEPARTMENT_CLERK)
    client.force_login(user)
    return user


@pytest.fixture
def draft(db) -> Page:
    # A test of races empties the database; what Wagtail's migrations laid may be gone.
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    Image.objects.create(title="尚未公布的图", file="x.png", width=1, height=1)
    return root.add_child(instance=Page(title="尚未公布的页", slug="draft-page", live=False))


def test_every_screen_of_wagtail_is_closed_unless_it_is_named(client, clerk):
    assert len(WAGTAILS) > 100
    let_in = set()
    for url in WAGTAILS:
        for ask in (client.get, client.post):
            client.force_login(clerk)
            answer = ask(url)
            home = answer.status_code == 302 and answer["Location"] == reverse("wagtailadmin_home")
            # The last route of the admin answers 404 to any address that is none.
            if not home and answer.status_code != 404:
                let_in.add(url)
    assert let_in <= OPEN


@pytest.mark.parametrize(
    "path",
    [
        "choose-page/",
        "choose-page/chosen-multiple/?id={}",
        "pages/{}/move/2/confirm/",
        "bulk/wagtailcore/page/delete/?id={}",
        "api/main/images/",
        "api/main/pages/",
    ],
)
def test_no_draft_is_told_by_title(client, clerk, draft, path):
    answer = client.get("/staff/" + path.format(draft.pk), follow=True)
    assert "尚未公布" not in answer.content.decode()
    asked = client.get(
        "/staff/" + path.format(draft.pk), headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert asked.status_code in (302, 403)


def test_who_edits_pages_finds_wagtail_as_it_is(client, clerk, draft):
    group = clerk.groups.get()
    right = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(
        group=group, page=Page.objects.get(depth=1), permission=right
    )
    assert client.get(reverse("wagtailadmin_explore", args=[draft.pk])).status_code == 200
