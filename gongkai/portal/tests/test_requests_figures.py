"""The public figures: the staff's numbers, by year and level, nobody recognisable."""

import csv
import io
from datetime import date

import pytest

from gongkai.inforequests.models import IntakeChannel
from gongkai.inforequests.tests import factories
from gongkai.portal.tests.requests_made import BASE, open_requests_county
from gongkai.portal.tests.selecting import select
from gongkai.portal.tests.test_views import page, texts
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind

pytestmark = pytest.mark.django_db
FIGURES = f"{BASE}tj/2025/"


@pytest.fixture
def place():
    place = open_requests_county()
    factories.replied(place.finance, date(2025, 3, 3))
    factories.replied(place.finance, date(2025, 3, 4), Ground.NOT_HELD, date(2025, 3, 18))
    factories.withdrawn(place.county, date(2025, 5, 6), channel=IntakeChannel.IN_PERSON)
    factories.processing(
        place.township, date(2025, 12, 30), kind=RequesterKind.COMMERCIAL_ENTERPRISE
    )
    factories.replied(place.county, date(2026, 1, 12))
    return place


def head(tree):
    return [text.split("件")[0] for text in texts(tree, ".figures-head dd")]


def test_the_year_and_the_whole_county(client, place):
    tree = page(client, FIGURES)
    assert head(tree)[:4] == ["4", "3", "1", "100.0%2"]
    assert texts(tree, ".figures-head dd")[4] == "5个工作日"
    rows = dict(zip(texts(tree, ".chart th[scope=row]"), texts(tree, ".chart td"), strict=False))
    assert rows
    cells = {
        caption: [texts_of(row) for row in select(table, "tbody tr")]
        for table in select(tree, ".chart")
        for caption in texts(table, "caption")
    }
    assert ["当面", "1"] in cells["收到的申请，按提交方式（单位：件）"]
    assert ["网络", "3"] in cells["收到的申请，按提交方式（单位：件）"]
    assert ["商业企业", "1"] in cells["收到的申请，按申请人（单位：件）"]
    assert ["无法提供", "1"] in cells["办理结果（单位：件）"]
    assert ["靖安县财政局", "2"] in cells["收到的申请，按机关（单位：件）"]
    assert ["3月", "2"] in cells["收到的申请，按月（单位：件）"]


def texts_of(row):
    return ["".join(cell.text_content().split()) for cell in row[:2]]


def test_the_countys_own_level(client, place):
    tree = page(client, f"{FIGURES}?cengji=xianbenji")
    assert head(tree)[:3] == ["1", "1", "0"]
    assert "按机关" not in tree.text_content()
    assert head(page(client, f"{FIGURES}?cengji=rubbish"))[0] == "4"


def test_carried_over_and_the_years_offered(client, place):
    tree = page(client, f"{BASE}tj/2026/")
    assert "另有上年结转1件" in texts(tree, ".figures-head dd")[0]
    years = texts(tree, "[aria-label=按年度查看] a")
    assert years[-1] == "2025年"
    page(client, f"{BASE}tj/2024/", status=404)
    page(client, f"{BASE}tj/9999/", status=404)


def test_a_year_without_requests_says_so(client):
    open_requests_county()
    assert "没有收到申请" in page(client, f"{BASE}tj/").text_content()


def test_the_same_as_csv(client, place):
    response = client.get(f"{FIGURES}tongji.csv")
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert ["合计", "收到申请", "4"] in rows
    assert ["合计", "答复用时中位数（工作日）", "5"] in rows
    assert ["收到的申请，按月", "3月", "2"] in rows
    assert all(len(row) == 3 for row in rows)


def test_nobody_is_named(client, place):
    for url in (FIGURES, f"{FIGURES}tongji.csv"):
        content = client.get(url).content.decode()
        assert "万里" not in content
        assert "360925001-2025" not in content


def test_the_figures_cost_a_fixed_number_of_queries(client, place, django_assert_max_num_queries):
    from django.core.cache import cache

    cache.clear()
    with django_assert_max_num_queries(21):
        client.get(FIGURES)
    with django_assert_max_num_queries(9):
        client.get(FIGURES)
