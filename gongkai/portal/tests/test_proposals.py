"""Proposals in public: by year, with facts beside each reply; what is not public is nowhere."""

from typing import Any

import pytest

from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models.entries import WithdrawalReason
from gongkai.portal.publishing import keeping
from gongkai.portal.publishing.changes import touched_on
from gongkai.portal.publishing.view import views
from gongkai.portal.tests.factories import open_county
from gongkai.proposals import actions
from gongkai.proposals.actions import ProposalKind, Satisfaction
from gongkai.proposals.tests import factories as made
from gongkai.proposals.tests.factories import KEPT, LIVES, PHONE, TODAY

pytestmark = pytest.mark.django_db
PAGE = "/zwgk/jytabl/"


def test_published_replies_are_listed_by_year_with_their_facts(client: Any) -> None:
    place = open_county()
    home, lead = place.county, place.finance
    assert client.get(PAGE).status_code == 404
    made.confirmed(home, lead, number="9", subject="还没公开的建议")
    heads = keeping.heads()
    row = made.published(home, lead, subject="修<堤防>的建议")
    [one] = views()
    touched = touched_on(one, keeping.since(heads)[1])
    assert {PAGE, f"{PAGE}2026/", "/zwgk/"} <= touched.addresses
    made.published(home, lead, number="2", kind=ProposalKind.PROPOSAL, subject="停车的提案")
    page = client.get(f"{PAGE}2026/").content.decode()
    assert "公开答复2件，其中人大建议1件、政协提案1件" in page
    assert "修&lt;堤防&gt;的建议" in page
    assert "还没公开" not in page
    assert client.get(f"{PAGE}2025/").status_code == 404

    assert row.entry is not None
    reply = client.get(row.entry.address).content.decode()
    for said in ("陈代表等5人", "靖水复〔2026〕12号", "A类：已经解决或者采纳", f"{PAGE}2026/"):
        assert said in reply
    assert PHONE not in reply
    assert LIVES not in reply

    heads = keeping.heads()
    actions.rate(row, satisfaction=Satisfaction.SATISFIED, on=TODAY, **KEPT)
    [one] = views()
    touched = touched_on(one, keeping.since(heads)[1])
    assert PAGE in touched.addresses
    assert touched.documents == {row.entry.pk}
    assert one.make(PAGE).body is not None

    disclosure.withdraw(row.entry, reason=WithdrawalReason.IN_ERROR, note="误发布", **KEPT)
    assert "堤防" not in client.get(PAGE).content.decode()
