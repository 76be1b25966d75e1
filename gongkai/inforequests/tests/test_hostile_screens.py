"""Odd addresses, two clicks and a lost key: each is said in words, none breaks a screen."""

import base64
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests import actions
from gongkai.inforequests.tests.factories import (
    HEAD,
    a_profile,
    an_official,
    an_organ,
    do,
    issued,
    moment,
    processing,
)
from gongkai.letters.models import Letter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _on_the_tenth(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(TODAY))


@pytest.mark.parametrize("asked", ["year=0000", "year=9999", "q=%00a", "handler=%00", "p=-1"])
def test_the_list_stands_any_address(client, asked):
    client.force_login(an_official(an_organ()))
    assert client.get(f"{reverse('inforequests:index')}?{asked}").status_code == 200


def test_two_clicks_make_one_letter(client):
    organ = an_organ()
    a_profile(organ)
    case = do(actions.propose_extension, processing(organ), TODAY, workdays=10, reason="量大")
    case = do(actions.extend, case, TODAY, by=HEAD)
    client.force_login(an_official(organ))
    told = {"letter": f"L04:{case.acts.latest('sequence').sequence}"}
    for _ in range(2):
        client.post(reverse("inforequests:letter", args=[case.pk]), told)
    assert Letter.objects.filter(about=case.typed_id).count() == 1


def test_a_lost_key_is_said_and_changes_nothing(client, settings):
    case = issued(an_organ())
    wrong = base64.b64encode(b"z" * 32).decode()
    settings.GONGKAI_FIELD_KEYS = dict.fromkeys(settings.GONGKAI_FIELD_KEYS, wrong)
    client.force_login(an_official(case.organ))
    before = LoggedEvent.objects.count()
    serve = reverse("inforequests:act", args=[case.pk, "serve"])
    served = {"on": "2026-03-10", "how": "IN_HAND", "signed_by": "某人"}
    for url, told in ((reverse("inforequests:requester", args=[case.pk]), {}), (serve, served)):
        response = client.post(url, told, follow=True)
        assert "请告知系统管理员" in response.content.decode()
    assert LoggedEvent.objects.count() == before
