"""The staff search: each person finds what their posts let them see, and nothing of anyone else."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import timezone

from gongkai.adapters import searchfeeds, searchindex
from gongkai.adapters.searchindex.types import IndexFailed, Query
from gongkai.desk.finding import feed
from gongkai.desk.finding.records import Kind, kind_of, records
from gongkai.desk.finding.seeing import lines_of, reach_of
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.tests import factories as entries
from gongkai.hotline.tests import factories as orders
from gongkai.inforequests.tests.factories import submitted
from gongkai.letters.models import Letter
from gongkai.letters.rules.kinds import LetterKind
from gongkai.orgs.models import Role
from gongkai.orgs.tests.factories import make_county, make_post, make_user
from gongkai.outbox.actions import run_due
from gongkai.outbox.models import Job
from gongkai.policy.tests import factories as policies

pytestmark = pytest.mark.django_db
FIND = "/staff/find/"


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.GONGKAI_SEARCH = {"engine": "tantivy", "path": tmp_path}
    made = searchindex.staff_index()
    made.rebuild([])
    return made


@pytest.fixture
def place():
    """A county in which finance and water each have one record of every kind."""
    place = make_county()
    place.made = {organ.pk: one_of_each(organ) for organ in (place.finance, place.water)}
    searchfeeds.rebuild(feed.STAFF, at=timezone.now())
    return place


def one_of_each(organ):
    home = organ.county
    section = entries.section(home, f"zwdt/{organ.code.rpartition('-')[2]}")
    return {
        Kind.ENTRY: entries.draft(organ, section, title="甲乙丙丁的草稿"),
        Kind.POLICY: policies.made(organ, title="甲乙丙丁的文件"),
        Kind.CASE: submitted(organ),
        Kind.ORDER: orders.received(organ, subject="甲乙丙丁的路灯"),
        Kind.LETTER: Letter.objects.create(
            organ=organ,
            kind=LetterKind.THIRD_PARTY_RIGHTS,
            number=f"甲乙丙丁〔2026〕{organ.pk}号",
            word="征",
            serial=1,
            year=2026,
            about="inforequests:1",
            issued_on=date(2026, 3, 2),
            issued_at=entries.NOON,
            sealed=False,
        ),
    }


def person(organ, *roles, name="somebody"):
    user = make_user(name)
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for role in roles:
        make_post(user, organ, role)
    return user


def found(client, user, status=200, **query):
    client.force_login(user)
    response = client.get(FIND, query)
    assert response.status_code == status, response.content.decode()[:500]
    return {(line.kind, line.organ) for line in response.context.get("lines") or ()}


EVERY = frozenset(Kind)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.DEPARTMENT_CLERK, EVERY - {Kind.ORDER}),
        (Role.REQUEST_HANDLER, {Kind.POLICY, Kind.CASE, Kind.LETTER}),
        (Role.HOTLINE_CLERK, {Kind.ORDER}),
        (Role.PUBLISHER, {Kind.ENTRY, Kind.POLICY}),
        (Role.SECRECY_REVIEWER, {Kind.ENTRY, Kind.POLICY}),
        (Role.WINDOW_CLERK, {Kind.CASE}),
    ],
)
def test_each_post_finds_its_kinds_of_its_own_organ_alone(client, place, role, kinds):
    user = person(place.finance, role)
    told = found(client, user, jg=place.finance.short_name)
    assert told == {(kind, place.finance.short_name) for kind in kinds}
    assert found(client, user, jg=place.water.short_name) == set()
    total = client.get(FIND, {"q": "甲乙丙丁"}).context["found"].total
    assert total == len(kinds - {Kind.CASE})  # counts tell nothing of others either


def test_the_county_office_finds_the_whole_county(client, place):
    user = person(place.office, Role.OGI_OFFICE)
    organs = (place.finance.short_name, place.water.short_name)
    told = found(client, user, q="甲乙丙丁") | found(client, user, lb=Kind.CASE)
    assert told == {(kind, organ) for kind in Kind for organ in organs}


def test_another_county_is_not_found(client, place):
    other = make_county("fengxin", "奉新县")
    assert found(client, person(other.office, Role.OGI_OFFICE), q="甲乙丙丁") == set()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_who_does_no_business_has_nothing_to_find(client, place, role):
    client.force_login(person(place.county, role))
    response = client.get(FIND, {"q": "甲乙丙丁"}, follow=True)
    assert "甲乙丙丁的草稿" not in response.content.decode()
    assert FIND not in response.content.decode().replace("\\u002D", "-")


def test_a_superuser_as_such_finds_nothing(client, place):
    user = make_user("root")
    user.is_superuser = True
    user.save()
    client.force_login(user)
    assert "甲乙丙丁的草稿" not in client.get(FIND, {"q": "甲乙丙丁"}, follow=True).content.decode()


@pytest.mark.parametrize("kind", list(Kind))
def test_the_database_has_the_last_word_whatever_the_index_says(place, index, kind):
    everything = tuple(kind.scope(pk) for pk in place.made)
    hits = index.search(Query(words="", scopes=everything, size=20)).hits
    assert len(hits) == 2
    role = Role.HOTLINE_CLERK if kind is Kind.ORDER else Role.DEPARTMENT_CLERK
    reach = reach_of(person(place.water, role), timezone.localdate())
    assert [line.organ for line in lines_of(hits, reach)] == [place.water.short_name]
    assert lines_of(hits, {}) == []


def test_a_post_that_has_ended_finds_nothing_the_same_day(client, place):
    user = person(place.finance, Role.DEPARTMENT_CLERK)
    assert found(client, user, q="甲乙丙丁")
    user.posts.update(valid_to=timezone.localdate())
    client.force_login(user)
    body = client.get(FIND, {"q": "甲乙丙丁"}, follow=True).content.decode()
    assert "甲乙丙丁的草稿" not in body


def test_nothing_of_requesters_and_callers_lies_in_the_index(place):
    case = place.made[place.finance.pk][Kind.CASE]
    order = place.made[place.finance.pk][Kind.ORDER]
    told = "\n".join(str(record) for record in records())
    assert case.number in told
    assert order.number in told
    assert case.description not in told
    for sealed in (orders.CALLER.name, orders.CALLER.phone, "13800001234", "白鹭村"):
        assert sealed not in told


def test_a_draft_is_found_by_its_text_and_state_and_a_revision_by_both_titles(client, place):
    entry = place.made[place.finance.pk][Kind.ENTRY]
    user = person(place.finance, Role.DEPARTMENT_CLERK)
    assert (Kind.ENTRY, place.finance.short_name) in found(client, user, q="县统计部门编制")
    entry = entries.forward(entry, EntryState.PUBLISHED)
    later = entries.NOON + timedelta(days=1)
    disclosure.revise(entry, by=entries.AUTHOR, at=later)
    entry.refresh_from_db()
    hand = {"section": entry.section, "revision": entry.draft.revision}
    told = entries.told(title="改过的标题")
    disclosure.edit(entry, told=told, by=entries.AUTHOR, at=later, **hand)
    feed.find({"record": entry.record_id}, later)
    for words in ("改过的标题", "甲乙丙丁的草稿"):
        assert (Kind.ENTRY, place.finance.short_name) in found(client, user, q=words), words


def test_a_verb_rings_and_its_job_refreshes(place, client, django_capture_on_commit_callbacks):
    entry = place.made[place.finance.pk][Kind.ENTRY]
    with django_capture_on_commit_callbacks(execute=True):
        entries.forward(entry, EntryState.FIRST_REVIEW)
    job = Job.objects.get(kind=feed.FIND, dedupe_key=entry.record_id)
    run_due(at=job.next_try_at)
    job.refresh_from_db()
    assert job.state == "DONE", job.last_error
    label = EntryState.FIRST_REVIEW.label
    told = found(client, person(place.finance, Role.REVIEWER), q=label, lb=Kind.ENTRY)
    assert told == {(Kind.ENTRY, place.finance.short_name)}
    assert not searchfeeds.difference(feed.STAFF)


def test_what_no_index_holds_puts_no_job(place, settings):
    before = Job.objects.count()
    for verb, target in (
        ("letters.open", f"letters:{place.made[place.finance.pk][Kind.LETTER].pk}"),
        ("orgs.rename", "orgs:3"),
        ("disclosure.open_section", "disclosure:section-3"),
    ):
        feed.hear(SimpleNamespace(verb=verb, target=target, at=entries.NOON))
    settings.GONGKAI_SEARCH = {"engine": "none"}
    feed.hear(SimpleNamespace(verb="disclosure.edit", target="disclosure:1", at=entries.NOON))
    assert Job.objects.count() == before


@pytest.mark.parametrize(
    "key", ["", "disclosure", "disclosure:", "disclosure:x", "disclosure:１", "letters:1", "x:1",
            "disclosure:" + "9" * 30]
)  # fmt: skip
def test_other_targets_are_no_keys(key):
    assert kind_of(key) is None


def test_what_is_lost_is_mended_and_told(place, index):
    entry = place.made[place.finance.pk][Kind.ENTRY]
    index.change(take=[entry.record_id])
    (told,) = feed.mend_staff(timezone.now())
    assert "补入1条" in told.text
    assert feed.mend_staff(timezone.now()) == []


def test_the_command_makes_both_indices(place, capsys):
    call_command("buildsearch")
    said = capsys.readouterr().out
    assert "门户（公众）" in said
    assert "工作人员：10条" in said
    call_command("buildsearch", check=True)


def test_hostile_words_and_a_broken_index(client, place, monkeypatch, index):
    user = person(place.office, Role.OGI_OFFICE)
    for words in ("\x00", "长" * 5000, "<script>alert(1)</script>", '"((', "' OR 1=1"):
        client.force_login(user)
        response = client.get(FIND, {"q": words, "p": "-1", "lb": "x" * 99})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content

    def broken(query):
        raise IndexFailed("坏了")

    monkeypatch.setattr(index, "search", broken)
    found(client, user, 503, q="甲乙丙丁")


def test_the_box_stands_on_the_home_and_the_menu(client, place):
    client.force_login(person(place.finance, Role.DEPARTMENT_CLERK))
    home = client.get("/staff/").content.decode()
    assert f'action="{FIND}"' in home
    empty = client.get(FIND).content.decode()
    assert "按申请人查找" in empty
    client.force_login(person(place.finance, Role.PUBLISHER, name="publisher"))
    assert "按申请人查找" not in client.get(FIND).content.decode()


def test_a_page_of_hits_asks_the_database_once_a_kind(client, place, django_assert_max_num_queries):
    client.force_login(person(place.office, Role.OGI_OFFICE))
    client.get(FIND, {"q": "甲乙丙丁"})
    with django_assert_max_num_queries(24):
        client.get(FIND, {"q": "甲乙丙丁"})
