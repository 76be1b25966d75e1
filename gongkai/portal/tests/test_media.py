"""The matrix of accounts: shown once there is one, links behind the notice, closed ones gone."""

from typing import Any

import pytest

from gongkai.files.tests.factories import pdf
from gongkai.newmedia import actions
from gongkai.newmedia.tests import factories as made
from gongkai.newmedia.tests.factories import KEPT, MONDAY, NOW
from gongkai.portal.publishing import keeping
from gongkai.portal.publishing.changes import touched_on
from gongkai.portal.publishing.view import views
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db
PAGE = "/zwgk/zwxmt/"


def test_the_accounts_of_a_county_are_shown_while_they_run(client: Any) -> None:
    place = open_county()
    assert client.get(PAGE).status_code == 404
    lead = made.registered(place.finance, name="靖安<政府>", audience="居民")
    actions.mark_main(lead, main=True, **KEPT)
    made.registered(place.township, name="宝峰发布")
    made.applied(place.township, name="还没开")
    text = client.get(PAGE).content.decode()
    assert text.index("主要账号") < text.index("宝峰发布")
    assert "靖安&lt;政府&gt;" in text
    assert "/likai/?dao=https%3A%2F%2Fweibo.com" in text
    assert "还没开" not in text
    assert text.count('class="qr"') == 1
    home = client.get("/").content.decode()
    assert "靖安&lt;政府&gt;" in home
    assert 'class="qr"' in home
    assert "宝峰发布" not in home
    heads = keeping.heads()
    told = actions.ask_closing(lead, why="整合", replacement="县政府网", **NOW)
    told = actions.let_close(told, approval_number="1", **KEPT)
    files = [actions.Archive("导出.pdf", pdf())]
    link = "https://weibo.com/zx"
    actions.close(told, notice_link=link, closed_on=MONDAY, archives=files, **NOW)
    assert "靖安&lt;政府&gt;" not in client.get(PAGE).content.decode()
    [one] = views()
    changes = keeping.since(heads)[1]
    assert {PAGE, "/zwgk/", "/"} <= touched_on(one, changes).addresses
    assert one.make(PAGE).body is not None
