"""The wrong person on every door: each address of the chapter against each post.

A new address or verb that is not in the tables here makes the first test fail.
"""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests import actions
from gongkai.inforequests.models import IncomingMail, MailState, Reading
from gongkai.inforequests.queries import HANDLERS, TAKERS, VIEWERS
from gongkai.inforequests.staff.access import WHO_MAY
from gongkai.inforequests.staff.verbs import BY_SLUG, VERBS
from gongkai.inforequests.tests.factories import (
    a_profile,
    an_official,
    an_organ,
    do,
    processing,
    registered,
    submitted,
)
from gongkai.inforequests.wagtail_hooks import _PATTERNS
from gongkai.orgs.models import Role

pytestmark = pytest.mark.django_db
# Address: who may, by which method it is asked.
LISTS = {
    "index": (VIEWERS, "get"),
    "add": (TAKERS, "get"),
    "find": (TAKERS, "get"),
    "changes": (VIEWERS, "get"),
    "statistics": (VIEWERS, "get"),
    "statistics_csv": (VIEWERS, "get"),
    "statistics_xlsx": (VIEWERS, "get"),
    "offices": (HANDLERS, "get"),
    "channel_tests": (HANDLERS, "get"),
    "withheld_due": (VIEWERS, "get"),
    "mails": (TAKERS, "get"),
    "reminders": (VIEWERS, "get"),
}
OF_A_CASE = {
    "record": (VIEWERS, "get"),
    "requester": (HANDLERS, "post"),
    "code": (HANDLERS, "post"),
    "sheet": (HANDLERS, "post"),
    "draft": (HANDLERS, "get"),
    "review": (VIEWERS, "get"),
    "letter": (HANDLERS, "post"),
}
# Asked with more than the case: tested by themselves below.
APART = {"act", "office", "withheld", "preview", "mail", "receipt_letter"}


@pytest.fixture(autouse=True)
def _on_the_tenth(monkeypatch):
    now = timezone.make_aware(timezone.datetime(2026, 3, 10, 10))
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def organ():
    return an_organ()


def a_mail(organ) -> IncomingMail:
    """Return a mail that was put aside."""
    return IncomingMail.objects.create(
        organ=organ,
        key=f"mail-{organ.pk}",
        received_at=timezone.now(),
        read_at=timezone.now(),
        state=MailState.ASIDE,
    )


def refused(response) -> bool:
    """Say whether the door stayed shut: nothing there, or led back home with a message."""
    home = response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    return response.status_code in (403, 404) or home


def test_every_address_is_tried():
    assert {pattern.name for pattern in _PATTERNS} == {*LISTS, *OF_A_CASE, *APART}


def test_every_verb_knows_who_may():
    assert all(WHO_MAY[verb.event] <= VIEWERS for verb in VERBS)
    assert len(BY_SLUG) == len(VERBS)


@pytest.mark.parametrize("role", Role)
def test_lists_open_to_those_whose_work_they_are(client, organ, role):
    client.force_login(an_official(organ, role))
    for name, (roles, method) in LISTS.items():
        response = getattr(client, method)(reverse(f"inforequests:{name}"))
        assert refused(response) is (role not in roles), name
    response = client.get(reverse("inforequests:office", args=[organ.pk]))
    assert refused(response) is (role not in HANDLERS)
    mine, theirs = a_mail(organ), a_mail(an_organ("other"))
    response = client.get(reverse("inforequests:mail", args=[mine.pk]))
    assert refused(response) is (role not in TAKERS)
    assert refused(client.get(reverse("inforequests:mail", args=[theirs.pk])))


@pytest.mark.parametrize("role", Role)
def test_a_case_opens_to_those_whose_work_it_is(client, organ, role):
    case = processing(organ)
    client.force_login(an_official(organ, role))
    for name, (roles, method) in OF_A_CASE.items():
        response = getattr(client, method)(reverse(f"inforequests:{name}", args=[case.pk]))
        assert refused(response) is (role not in roles), name
    assert Reading.objects.filter(info_request=case).exists() is (role in VIEWERS)


@pytest.mark.parametrize("role", Role)
def test_a_verb_is_done_by_those_whose_work_it_is(client, organ, role):
    case = processing(organ)
    client.force_login(an_official(organ, role))
    for verb in VERBS:
        url = reverse("inforequests:act", args=[case.pk, verb.slug])
        may = role in WHO_MAY[verb.event]
        assert refused(client.get(url)) is not may, verb.slug
        if not may:
            before = LoggedEvent.objects.count()
            assert refused(client.post(url, {"on": "2026-03-10"})), verb.slug
            assert LoggedEvent.objects.count() == before


def test_the_window_sees_who_asks_only_while_it_takes_in(client, organ):
    waiting, running = submitted(organ), processing(organ)
    client.force_login(an_official(organ, Role.WINDOW_CLERK))
    for name in ("requester", "sheet", "code"):
        assert not refused(client.post(reverse(f"inforequests:{name}", args=[waiting.pk]))), name
        assert refused(client.post(reverse(f"inforequests:{name}", args=[running.pk]))), name


def test_the_window_prints_the_receipt_only_while_it_takes_in(client, organ, settings, tmp_path):
    settings.GONGKAI_LETTER_DIR = tmp_path
    a_profile(organ)
    case = registered(organ)
    url = reverse("inforequests:receipt_letter", args=[case.pk])
    client.force_login(an_official(organ, Role.WINDOW_CLERK))
    assert client.get(url).status_code == 404
    do(actions.issue_letter, case, date(2026, 3, 2), kind="L01")
    assert url in client.get(reverse("inforequests:record", args=[case.pk])).content.decode()
    assert client.get(url).content.startswith(b"%PDF")
    assert LoggedEvent.objects.latest("pk").verb == "letters.open"
    do(actions.assign, case, date(2026, 3, 2), unit="政务公开股")
    assert refused(client.get(url))
    assert url not in client.get(reverse("inforequests:record", args=[case.pk])).content.decode()
    client.force_login(an_official(organ, Role.REVIEWER, "reviewer"))
    assert refused(client.get(url))
    client.force_login(an_official(an_organ("other"), Role.WINDOW_CLERK, "stranger"))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("role", sorted(VIEWERS))
def test_another_organs_case_is_as_if_it_were_not_there(client, organ, role):
    case = processing(organ)
    client.force_login(an_official(an_organ("other"), role))
    before = LoggedEvent.objects.count()
    for name, (_, method) in OF_A_CASE.items():
        url = reverse(f"inforequests:{name}", args=[case.pk])
        assert getattr(client, method)(url).status_code == 404, name
    for verb in VERBS:
        url = reverse("inforequests:act", args=[case.pk, verb.slug])
        assert client.post(url, {"on": "2026-03-10"}).status_code == 404, verb.slug
    for name, more in (("preview", []), ("withheld", [1])):
        url = reverse(f"inforequests:{name}", args=[case.pk, *more])
        assert client.get(url).status_code == 404
    assert refused(client.get(reverse("inforequests:office", args=[organ.pk])))
    assert case.number not in client.get(reverse("inforequests:index")).content.decode()
    assert LoggedEvent.objects.count() == before


def test_a_superuser_without_a_post_and_a_stranger_enter_nowhere(client, organ):
    case = processing(organ)
    doors = [
        *(reverse(f"inforequests:{name}") for name in LISTS),
        *(reverse(f"inforequests:{name}", args=[case.pk]) for name in OF_A_CASE),
        *(reverse("inforequests:act", args=[case.pk, verb.slug]) for verb in VERBS),
    ]
    for url in doors:
        response = client.get(url)
        assert response.status_code == 302, url
        assert "login" in response.url
    user = an_official(organ)
    user.posts.all().delete()
    user.is_superuser = True
    user.save()
    client.force_login(user)
    for url in doors:
        assert refused(client.post(url)), url


def test_a_post_that_has_ended_opens_nothing(client, organ):
    case = processing(organ)
    user = an_official(organ)
    user.posts.update(valid_to=date(2026, 3, 1))
    client.force_login(user)
    assert refused(client.get(reverse("inforequests:record", args=[case.pk])))
