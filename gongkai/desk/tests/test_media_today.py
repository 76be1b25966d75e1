"""What waits of new media on the home: each their own, the office what is to be approved."""

from typing import Any

import pytest
from django.urls import reverse

from gongkai.desk.counting import counts
from gongkai.desk.media_today import media_today, media_waiting
from gongkai.disclosure.tests import factories as entries
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.newmedia import actions
from gongkai.newmedia.actions import Platform, Wording
from gongkai.newmedia.tests import factories as made
from gongkai.newmedia.tests.factories import MONDAY, NOW, moment
from gongkai.orgs.models import Role

pytestmark = pytest.mark.django_db


def told(user: Any) -> dict[str, int]:
    return {tile.words: tile.figure for tile in media_today(counts(media_waiting(user, MONDAY)))}


def test_the_home_counts_what_waits_for_whom() -> None:
    home = made.county()
    water = made.department(home)
    clerk = person("clerk1", (water, Role.DEPARTMENT_CLERK))
    office = person("office1", (home, Role.OGI_OFFICE))
    made.applied(water, Platform.WEIBO, name="新开")
    account = made.registered(water, Platform.WECHAT)
    where = entries.section(home, "zwgk/tzgg")
    entry = entries.published(water, where, at=moment(MONDAY, 1), title="节水通知")
    actions.publish(entry, account, wording=Wording(title="节水通知"), by_hand=True, **NOW)
    assert told(clerk) == {"条待人工发布": 1}
    assert told(office) == {"条待人工发布": 1, "个账号待批准": 1}
    assert told(person("nobody")) == {}
    page = client_of(clerk).get(reverse("newmedia:publications") + "?state=BY_HAND")
    assert "节水通知" in page.content.decode()
