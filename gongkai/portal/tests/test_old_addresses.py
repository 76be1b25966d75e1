"""Former addresses: one page however spelt, 301 to what stands now, 410 when it is gone."""

import pytest

from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models import WithdrawalReason
from gongkai.disclosure.tests import factories as make
from gongkai.portal.actions import keep_old_addresses
from gongkai.portal.models import OldAddress
from gongkai.portal.old_addresses import LONGEST, normalised
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/b.html", "http://www.old.gov.cn//a/b.html#top"),
        ("/A/B.shtml", "a/b.shtml"),
        ("/art.jsp?id=5&cid=2", "/art.jsp?cid=2&id=5"),
        ("/%E5%85%AC%E5%91%8A.html", "/%B9%AB%B8%E6.html"),  # 公告 in UTF-8 and in GBK
        ("/公告.html", "/%E5%85%AC%E5%91%8A.html"),
    ],
)
def test_spellings_of_one_address_are_kept_alike(one, other):
    assert normalised(one) == normalised(other)


def test_any_address_can_be_kept():
    assert normalised("/a?id=1") != normalised("/a?id=2")
    assert len(normalised("/x" * 9000)) <= LONGEST
    assert normalised("http://[broken") == ""
    assert normalised("/a%00b") == "/ab"


@pytest.fixture
def moved():
    home = open_county().county
    entry = make.published(home, make.section(home, "zwgk/tjxx"))
    rows = [
        OldAddress(county=home, entry=entry, address=normalised("/old/t1.shtml")),
        OldAddress(county=home, entry=entry, address=normalised("/art.jsp?id=1")),
        OldAddress(county=home, entry=entry, address=normalised("/f/a.doc"), target="/x/y.doc"),
    ]
    assert keep_old_addresses(home, rows, by=make.AUTHOR, at=make.NOON) == 3
    assert keep_old_addresses(home, rows, by=make.AUTHOR, at=make.NOON) == 0
    return entry


def test_an_old_address_leads_to_what_was_taken_over(client, moved):
    for address in ("/old/t1.shtml", "/OLD/t1.shtml?", "/art.jsp?id=1"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, moved.address)
    assert client.get("/f/a.doc")["Location"] == "/x/y.doc"
    assert client.get("/art.jsp?id=2").status_code == 404
    assert client.post("/old/t1.shtml").status_code in (403, 404, 405)
    assert client.get(moved.address).status_code == 200


def test_what_was_withdrawn_is_gone_at_its_old_address_too(client, moved):
    disclosure.withdraw(
        moved,
        reason=WithdrawalReason.IN_ERROR,
        note="误发",
        by=make.LEADER,
        at=make.NOON + make.MINUTE,
    )
    answer = client.get("/old/t1.shtml")
    assert answer.status_code == 410
    assert "已经撤下" in answer.content.decode()
    assert client.get("/f/a.doc").status_code == 410
