"""What is kept of searches that found nothing, and who of the office reads it."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from gongkai.adapters import searchindex
from gongkai.orgs.models import Role
from gongkai.orgs.tests.factories import make_post, make_user
from gongkai.portal.models import SearchMiss
from gongkai.portal.searching import misses, tasks
from gongkai.portal.tests.factories import open_county
from gongkai.portal.tests.indexes import MemoryIndex

pytestmark = pytest.mark.django_db
STAFF = "/staff/site/search/"
MONDAY = date(2026, 9, 21)


@pytest.fixture
def place():
    return open_county(demonstration=False)


@pytest.fixture(autouse=True)
def index(monkeypatch):
    cache.clear()
    made = MemoryIndex()
    monkeypatch.setattr(searchindex, "public_index", lambda: made)


def kept():
    return sorted(SearchMiss.objects.values_list("words", "times"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("廉租房", "廉租房"),
        ("  ＷＩＦＩ　覆盖 ", "wifi 覆盖"),
        ("靖府办发[2020]12号", "靖府办发〔2020〕12号"),
        ("2020年决算", "2020年决算"),
        ("2020-09-21 公告", "2020-09-21 公告"),
        ("长" * 99, "长" * 40),
        ("", ""),
        ("？！", ""),
        ("362222199001011234", ""),
        ("３６２２２２１９９００１０１１２３４", ""),
        ("张三 13907951234", ""),
        ("139 0795 1234", ""),
        ("张三0795-4662133", ""),
        ("6222 0200 1111 2222 333", ""),
        ("zhangsan@example.com", ""),
        ("工单 20200912345", ""),
    ],
)
def test_what_may_be_kept(typed, words):
    assert misses.keepable(typed) == words


def test_only_what_finds_nothing_is_counted_by_day(client, place):
    for words in ("廉租房", "廉租房", "张三 13907951234"):
        client.get("/sousuo/", {"ci": words})
    client.get("/sousuo/", {"ci": "公租房", "lb": "gfxwj"})  # a filter may be why
    client.get("/sousuo/", {"ci": "公租房", "ye": 2})
    assert kept() == [("廉租房", 2)]
    row = SearchMiss.objects.get()
    assert row.day == timezone.localdate()
    fields = {field.name for field in SearchMiss._meta.get_fields()}
    assert fields == {"id", "county", "day", "words", "times"}  # nobody can be told from it


def test_a_machine_cannot_fill_the_table(place, monkeypatch):
    monkeypatch.setattr(misses, "_MOST_A_DAY", 3)
    for number in range(9):
        misses.note(place.county.pk, f"词{number}", MONDAY)
    misses.note(place.county.pk, "词1", MONDAY)
    assert kept() == [("词0", 1), ("词1", 2), ("词2", 1)]


def test_weeks_begin_on_monday_and_names_need_several(place):
    for day, words, times in (
        (MONDAY, "廉租房", 1),
        (MONDAY + timedelta(days=6), "廉租房", 2),
        (MONDAY, "张三丰", 2),
        (MONDAY, "李四", 3),
        (MONDAY, "欧阳修远", 1),
        (MONDAY, "李 四光", 1),
        (MONDAY, "王五 低保", 1),
        (MONDAY, "水价 赵六", 2),
        (MONDAY - timedelta(days=1), "上周的词", 1),
    ):
        SearchMiss.objects.create(county=place.county, day=day, words=words, times=times)
    this, last, *older = misses.weeks(place.county.pk, MONDAY + timedelta(days=3))
    assert (this.monday, this.sunday) == (MONDAY, MONDAY + timedelta(days=6))
    assert (this.words, this.withheld) == ((("廉租房", 3), ("李四", 3)), 5)
    assert last.words == (("上周的词", 1),)
    assert not any(week.words for week in older)


def test_words_are_forgotten_after_a_year(place):
    now = timezone.now()
    today = timezone.localdate(now)
    for days, words in ((367, "旧词"), (366, "新词")):
        SearchMiss.objects.create(
            county=place.county, day=today - timedelta(days=days), words=words
        )
    tasks.forget_misses(now)
    assert kept() == [("新词", 1)]


def test_the_office_alone_reads_them(client, place):
    SearchMiss.objects.create(county=place.county, day=timezone.localdate(), words="廉租房")
    office, clerk = make_user("office"), make_user("clerk")
    make_post(office, place.county, Role.OGI_OFFICE)
    make_post(clerk, place.finance, Role.DEPARTMENT_CLERK)
    assert client.get(STAFF).status_code == 302
    client.force_login(clerk)
    assert client.get(STAFF).status_code in (302, 403)
    assert "廉租房" not in client.get(STAFF, follow=True).content.decode()
    client.force_login(office)
    assert "廉租房" in client.get(STAFF).content.decode()
    assert client.get(f"{STAFF}{place.finance.pk}/").status_code == 404
