"""Publishing when things go wrong beside it: nothing withdrawn stays, nothing is held up."""

from datetime import timedelta

import pytest
from wagtail.models import PageViewRestriction, Site

from gongkai.adapters.searchindex.types import IndexFailed
from gongkai.adapters.sitefiles.places import aside
from gongkai.adapters.sitefiles.tree import DiskFull, Tree
from gongkai.disclosure import actions
from gongkai.disclosure.actions.guide import change_organ_page
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Section, WithdrawalReason
from gongkai.disclosure.tests import factories as made
from gongkai.orgs.actions import rename
from gongkai.policy import actions as policy
from gongkai.policy.rules.decisions import DecisionStep
from gongkai.policy.tests import dossiers as documents
from gongkai.portal import tasks
from gongkai.portal.models import SectionPage
from gongkai.portal.publishing import building, changes, checking, keeping, writing
from gongkai.portal.publishing.place import site_trees
from gongkai.portal.publishing.table import Shows
from gongkai.portal.publishing.view import views
from gongkai.portal.sections import DECISIONS
from gongkai.portal.tests.factories import open_county

pytestmark = [pytest.mark.django_db, pytest.mark.long]
NOTICES, HOST = "zwdt/tzgg", "localhost"
LATER = made.NOON + timedelta(days=1)
SAID = {"by": made.AUTHOR, "at": made.NOON}
QUIET = {"processes": 1, "tell": lambda progress: None}


@pytest.fixture
def place(settings, tmp_path):
    settings.GONGKAI_SITE = "files"
    settings.GONGKAI_SITE_DIR = tmp_path / "site"
    return open_county()


def current() -> Tree:
    found = site_trees().current()
    assert found is not None
    return found


def issue(organ, path=NOTICES, **told):
    return made.published(organ, Section.objects.get(path=path), **told)


def withdraw(entry, at=LATER):
    note = {"reason": WithdrawalReason.IN_ERROR, "note": "内容有误"}
    return actions.withdraw(entry, **note, by=made.PUBLISHER, at=at)


def read(address: str) -> str:
    return (current().read(views()[0].place(address)) or b"").decode()


def settle() -> None:
    while keeping.write_left():
        pass


def differences() -> list[tuple[str, str]]:
    found = checking.differences(current(), **QUIET)
    return [(each.kind.name, each.place) for each in found]


def test_a_broken_search_index_holds_no_withdrawal_up(place, monkeypatch):
    one, other = issue(place.finance, title="甲"), issue(place.finance, title="乙")
    building.build(**QUIET)
    found = []

    def broken(pks):
        raise IndexFailed("检索索引写不进去")

    monkeypatch.setattr(keeping, "refresh", broken)
    withdraw(one)
    with pytest.raises(IndexFailed):
        keeping.publish_changes()
    assert read(one.address) == ""
    assert differences() == []
    withdraw(other)
    tree = building.build(**QUIET)  # a site can be built whatever befalls the index
    assert tree.root == current().root
    assert read(other.address) == ""
    monkeypatch.setattr(keeping, "refresh", found.extend)
    keeping.publish_changes([other.pk])
    assert set(found) == {one.pk, other.pk}
    found.clear()
    keeping.publish_changes()
    assert found == []


@pytest.mark.parametrize("many", [1, changes.MANY])
def test_a_withdrawal_does_not_wait_for_a_whole_site(place, monkeypatch, many):
    gone = issue(place.finance, title="不能等")
    issue(place.finance, title="别的")
    building.build(**QUIET)
    monkeypatch.setattr(changes, "MANY", many)
    withdraw(gone)
    if many == 1:
        issue(place.finance, title="又一条")
    else:
        name = {"full_name": "靖安县财政和金融局", "short_name": "县财金局"}
        rename(place.finance, **name, on=LATER.date(), **SAID)
    assert keeping.publish_changes()
    assert read(gone.address) == ""
    assert "撤下" in current().notice_at(views()[0].place(gone.address)).decode()
    assert gone.title not in read(f"/{NOTICES}/")
    settle()
    assert differences() == []


def test_a_link_written_by_hand_to_a_withdrawn_text_fails_no_job(place):
    gone = issue(place.finance, title="职能依据")
    link = f'<p>依据见<a href="{gone.address}">通知</a></p>'
    change_organ_page(place.finance, duties=link, **SAID)
    building.build(**QUIET)
    assert f'"{gone.address}"' in read(f"/zwgk/jg/{place.finance.code}/")
    withdraw(gone)
    keeping.publish_changes()
    assert read(gone.address) == ""
    settle()
    assert differences() == []


def test_what_a_killed_writer_left_of_a_page_goes_with_it(place):
    gone = issue(place.finance, title="死在半路")
    building.build(**QUIET)
    where = views()[0].place(gone.address)
    left = [current().root / aside(where + suffix, "4711") for suffix in ("", ".gz", ".br")]
    for path in left:
        path.write_bytes(b"half")
    withdraw(gone)
    keeping.publish_changes()
    assert not any(path.exists() for path in left)


def test_the_list_of_decisions_follows_its_texts(place):
    county = place.county
    told = {"year": 2026, "organ": place.finance}
    one = policy.add_decision(county, title="水价调整方案", **told, **SAID)
    document = documents.published(place.finance, title="水价文件")
    draft = issue(place.finance, title="水价征求意见稿")
    policy.link_decision(one, step=DecisionStep.DECIDED, entry=draft, **SAID)
    where = Section.objects.get(path=DECISIONS)
    entry = policy.draft_catalogue(one.catalogue, organ=county, section=where, **SAID)
    made.forward(entry, EntryState.PUBLISHED)
    building.build(**QUIET)
    assert "水价征求意见稿" in read(f"/{DECISIONS}/")
    withdraw(draft)
    keeping.publish_changes()
    assert "水价征求意见稿" not in read(f"/{DECISIONS}/")
    policy.note_steps(one, done=[DecisionStep.LEGAL], by=made.AUTHOR, at=LATER)
    keeping.publish_changes()
    assert "已完成" in read(f"/{DECISIONS}/")
    policy.link_decision(
        one, step=DecisionStep.RISK, entry=document.entry, by=made.AUTHOR, at=LATER
    )
    keeping.publish_changes()
    assert "水价文件" in read(f"/{DECISIONS}/")
    settle()
    assert differences() == []


def test_a_cancelled_repeal_leaves_both_pages(place):
    old = documents.published(place.finance, title="旧办法")
    new = documents.published(place.finance, title="新办法")
    building.build(**QUIET)
    repeal = policy.repeal(old, effective_on=LATER.date(), source=new, **SAID)
    keeping.publish_changes()
    assert "旧办法" in read(new.entry.address)
    policy.cancel_relation(repeal, reason="误登", by=made.AUTHOR, at=LATER)
    keeping.publish_changes()
    assert "旧办法" not in read(new.entry.address)
    assert differences() == []


def test_a_host_that_the_site_bore_before_keeps_no_page(place, settings):
    settings.ALLOWED_HOSTS = ["*"]
    entry = issue(place.finance, title="旧域名")
    building.build(**QUIET)
    Site.objects.filter(pk=views()[0].profile.site_id).update(hostname="www.example.gov.cn")
    withdraw(entry)
    keeping.publish_changes()
    settle()
    assert not (current().root / HOST).exists()
    assert differences() == []


def test_a_disk_without_room_for_a_notice_takes_every_text_off(place, monkeypatch):
    first, second = issue(place.finance, title="甲"), issue(place.finance, title="乙")
    building.build(**QUIET)
    withdraw(first)
    withdraw(second)
    real = Tree.take_off

    def full(self, places, notices):
        real(self, places, {})
        raise DiskFull("磁盘空间不足")

    monkeypatch.setattr(Tree, "take_off", full)
    with pytest.raises(DiskFull):
        keeping.publish_changes()
    assert [read(each.address) for each in (first, second)] == ["", ""]


def test_what_else_changes_how_an_entry_is_found_goes_to_the_index(place, monkeypatch):
    document = documents.published(place.finance, title="旧办法")
    entry = issue(place.finance, title="事项")
    building.build(**QUIET)
    found = []
    monkeypatch.setattr(keeping, "refresh", found.extend)
    policy.lapse(document, last_on=LATER.date(), reason="期满", **SAID)
    keeping.publish_changes()
    assert document.entry_id in found
    noted = changes.Changes()
    changes.note(noted, "disclosure.unlink_item", entry.record_id, "x")
    assert noted.found == {entry.pk}


def test_surplus_of_no_host_is_taken_off_once(place):
    building.build(**QUIET)
    stray = current().root / "old.example.gov.cn" / "index.html"
    stray.parent.mkdir()
    stray.write_bytes(b"<p>")
    assert ("SURPLUS", "old.example.gov.cn/index.html") in differences()
    writing.take_off_surplus(views()[0], current())
    assert not stray.exists()


def test_a_job_hands_the_event_of_a_document_to_the_index(place, monkeypatch):
    document = documents.published(place.finance, title="办法")
    found = []
    monkeypatch.setattr(keeping, "refresh", found.extend)
    tasks.publish({"target": document.record_id}, LATER)  # no tree has been built
    assert found == [document.entry_id]


@pytest.mark.parametrize("private", [False, True])
def test_a_text_taken_off_in_the_admin_does_not_wait_for_a_whole_site(place, private):
    home = views()[0].profile.site.root_page
    text = SectionPage(title="说明", slug="shuoming", description="说明", keywords="说明")
    home.add_child(instance=text)
    building.build(**QUIET)
    assert "说明" in read("/shuoming/")
    if private:  # Wagtail rings no bell for that
        PageViewRestriction.objects.create(page=text, restriction_type="login")
        tasks.catch_up(LATER)
    else:
        text.unpublish()
        keeping.publish_changes(shows={Shows.TEXTS})
    assert read("/shuoming/") == ""
    settle()
    assert differences() == []
