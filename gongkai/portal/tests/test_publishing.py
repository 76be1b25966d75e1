"""Public pages as files: from the verb to the file, and nothing left of what was withdrawn."""

import errno
import json
from datetime import timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from gongkai.adapters.sitefiles.places import GONE
from gongkai.adapters.sitefiles.tree import StillThere, Tree
from gongkai.adapters.sitefiles.trees import Busy
from gongkai.audit import SYSTEM, words
from gongkai.disclosure import actions
from gongkai.disclosure.models import Section, WithdrawalReason
from gongkai.disclosure.tests import factories as made
from gongkai.orgs.actions import rename
from gongkai.outbox.actions import put_duties, run_due
from gongkai.outbox.models import Job, JobState
from gongkai.portal import organs, sections
from gongkai.portal.publishing import building, checking, keeping, portions
from gongkai.portal.publishing import lists as publishing_lists
from gongkai.portal.publishing.changes import touched_on
from gongkai.portal.publishing.place import site_trees
from gongkai.portal.publishing.table import KINDS, VERBS, Shows, drawn, touched_by
from gongkai.portal.publishing.view import NotForEverybody, View, views
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db
NOTICES, NEWS = "zwdt/tzgg", "zwdt/zwyw"
HOST = "localhost"
QUIET = {"processes": 1, "tell": lambda progress: None}


@pytest.fixture
def place(settings, tmp_path):
    settings.GONGKAI_SITE = "files"
    settings.GONGKAI_SITE_DIR = tmp_path / "site"
    return open_county()


@pytest.fixture
def site(place) -> Tree:
    """A county with two documents, its site built."""
    issue(place.finance, title="第一份通知")
    issue(place.finance, NEWS, title="第一条要闻")
    building.build(**QUIET)
    return current()


def current() -> Tree:
    found = site_trees().current()
    assert found is not None
    return found


def issue(organ, path=NOTICES, **told):
    return made.published(organ, Section.objects.get(path=path), **told)


def withdraw(entry, at=made.NOON + timedelta(days=1)):
    note = {"reason": WithdrawalReason.IN_ERROR, "note": "内容有误"}
    return actions.withdraw(entry, **note, by=made.PUBLISHER, at=at)


def page(address: str) -> str:
    body = current().read(view().place(address))
    assert body is not None, address
    return body.decode()


def stands(address: str) -> bool:
    return bool(current().copies(view().place(address)))


def view() -> View:
    return views()[0]


def differences() -> list[tuple[str, str]]:
    found = checking.differences(current(), **QUIET)
    return [(each.kind.name, each.place.removeprefix(HOST)) for each in found]


def files() -> dict[str, tuple[int, int]]:
    found = {}
    for path in (current().root / HOST).rglob("*"):
        if path.is_file():
            known = path.stat()
            found[str(path.relative_to(current().root))] = (known.st_mtime_ns, known.st_ino)
    return found


def test_a_built_site_is_what_the_records_say(site):
    assert differences() == []
    assert "第一份通知" in page("/")
    assert "第一份通知" in page(f"/{NOTICES}/")
    assert "第一份通知" in page(f"/{NOTICES}/feed.xml")
    assert json.loads(page(f"/{NOTICES}/list.json"))["entries"][0]["title"] == "第一份通知"
    assert "http://localhost/zwdt/tzgg/" in page("/sitemap-columns.xml")
    assert current().told()["left"] == []


def test_a_file_is_what_the_view_answers(site, client):
    for address in ("/", f"/{NOTICES}/", f"/{NOTICES}/1.html", "/wzdt/", "/zwgk/jg/"):
        answer = client.get(address, HTTP_HOST=HOST)
        assert answer.content.decode() == page(address), address
        assert not answer.cookies


def test_a_publication_writes_what_shows_it_and_touches_nothing_else(site, place):
    before = files()
    entry = issue(place.finance, title="第二份通知")
    keeping.publish_changes()
    after = files()
    changed = {name.removeprefix(HOST) for name in after if before.get(name) != after[name]}
    pages = {name for name in changed if not name.endswith((".gz", ".br"))}
    assert entry.address in pages
    assert {f"/{NOTICES}/index.html", f"/{NOTICES}/feed.xml", "/index.html"} <= pages
    assert not {name for name in pages if NEWS in name}
    assert set(before) <= set(after)
    assert differences() == []
    unchanged = files()
    keeping.publish_changes()
    assert files() == unchanged


def test_the_bell_puts_one_job_and_the_job_writes_the_page(
    site, place, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        entry = issue(place.finance, title="第二份通知")
    jobs = Job.objects.filter(kind="portal.publish", dedupe_key=f"disclosure:{entry.pk}")
    assert jobs.count() == 1
    assert not stands(entry.address)
    assert [each.error for each in run_due(at=timezone.now())] == [""] * Job.objects.count()
    assert "第二份通知" in page(entry.address)


def test_a_bell_that_was_never_heard_is_made_good_by_the_hour(site, place):
    entry = issue(place.finance, title="无人听见的通知")
    put_duties(at=timezone.now())
    run_due(at=timezone.now())
    assert stands(entry.address)


@pytest.fixture
def short(monkeypatch):
    """Let a page of a list hold three entries: the ends of pages come sooner."""
    from gongkai.disclosure.queries import lists as queries

    list_of = queries.list_of
    short = partial(list_of, size=3)
    for where in (sections, organs):
        monkeypatch.setattr(where, "list_of", short)
    monkeypatch.setattr(publishing_lists, "PAGE", 3)


def settle() -> None:
    keeping.publish_changes()
    while keeping.write_left(100):
        pass


def test_lists_of_any_length_stay_equal_to_the_records(place, short):
    building.build(**QUIET)
    entries = []
    for each in range(7):
        at = made.NOON + timedelta(days=40 * each)  # into the next year
        organ = place.township if each % 3 == 2 else place.finance
        entries.append(issue(organ, title=f"第{each}号", at=at))
        settle()
        if each in (2, 3, 6):
            assert differences() == [], each
    assert stands(f"/{NOTICES}/3.html")
    for entry in (entries[3], entries[6], entries[0]):
        withdraw(entry, at=made.NOON + timedelta(days=400))
        settle()
        assert differences() == [], entry.title


def test_old_pages_of_a_list_do_not_change(place, short):
    for each in range(7):
        issue(place.finance, title=f"第{each}号", at=made.NOON + timedelta(minutes=each))
    building.build(**QUIET)
    before = files()
    issue(place.finance, title="新的一份", at=made.NOON + timedelta(days=1))
    keeping.publish_changes()
    after = files()
    for number in (1, 2):
        name = f"{HOST}/{NOTICES}/{number}.html"
        assert before[name] == after[name]
    assert before[f"{HOST}/{NOTICES}/3.html"] != after[f"{HOST}/{NOTICES}/3.html"]


def test_a_withdrawal_leaves_nothing_behind(place):
    entries = [
        issue(place.finance, title=f"第{each}号通知", at=made.NOON + timedelta(minutes=each))
        for each in range(4)
    ]
    building.build(**QUIET)
    gone = entries[1]
    withdraw(gone)
    keeping.publish_changes()
    assert not stands(gone.address)
    notice = current().notice_at(view().place(gone.address))
    assert "这条信息已经撤下" in notice.decode()
    said = [gone.title.encode(), f'"{gone.address}"'.encode()]
    for path in (current().root / HOST).rglob("*"):
        if path.is_file() and path.suffix not in (".gz", ".br"):
            assert not any(each in path.read_bytes() for each in said), path
    assert differences() == []


def test_a_withdrawn_text_that_comes_back_loses_its_notice(site, place):
    entry = issue(place.finance, title="来去")
    keeping.publish_changes()
    withdraw(entry)
    keeping.publish_changes()
    assert not stands(entry.address)
    assert Path(f"{current().root}/{view().place(entry.address)}{GONE}").exists()
    back = actions.revise(entry, by=made.AUTHOR, at=made.NOON + timedelta(days=2))
    made.forward(back, made.EntryState.PUBLISHED, at=made.NOON + timedelta(days=2))
    keeping.publish_changes()
    assert "来去" in page(entry.address)
    assert not Path(f"{current().root}/{view().place(entry.address)}{GONE}").exists()
    assert differences() == []


def test_a_list_that_still_names_what_was_withdrawn_fails_the_job(site, place, monkeypatch):
    entry = issue(place.finance, title="赖着不走")
    keeping.publish_changes()
    withdraw(entry)
    monkeypatch.setattr(keeping, "write_pages", lambda *told: [])
    with pytest.raises(StillThere, match="仍列有它"):
        keeping.publish_changes()
    monkeypatch.undo()
    keeping.publish_changes()
    assert differences() == []


def test_a_withdrawal_reaches_the_tree_that_is_being_built(site, place):
    entry = issue(place.finance, title="建到一半")
    keeping.publish_changes()
    trees = site_trees()
    new = trees.start()
    new.tell(keeping.first_told())
    for portion in portions.portions(view()):
        building.write_portion(view(), new, portion)
    withdraw(entry)
    keeping.publish_changes()
    assert new.copies(view().place(entry.address)) == []
    building.build(**QUIET)
    assert differences() == []


def test_a_new_column_changes_every_page_a_second_at_a_time(site, place):
    issue(place.finance, "zwdt/bmdt", title="第一条部门动态")
    assert keeping.publish_changes()
    rounds = 0
    while keeping.write_left(0.05):
        rounds += 1
    assert rounds > 1
    assert differences() == []


def test_a_renamed_organ_is_renamed_on_every_page(site, place):
    on = made.NOON.date()
    rename(place.finance, full_name="靖安县财政和国资局", on=on, by=SYSTEM, at=made.NOON)
    keeping.publish_changes()
    while keeping.write_left(100):
        pass
    assert differences() == []


def test_a_new_day_changes_what_days_change(site, monkeypatch):
    tree = current()
    tree.tell(tree.told() | {"day": "2020-01-01"})
    assert keeping.publish_changes()
    left = {each.partition("|")[2].partition(":")[0] for each in current().told()["left"]}
    daily = {key for key, kind in KINDS.items() if kind.daily}
    assert {"organs", "guides", "fields", "library", "messages", "surveys"} <= left <= daily
    while keeping.write_left(100):
        pass
    assert not keeping.publish_changes()


def test_what_was_cut_short_is_done_again(site, place, monkeypatch):
    entry = issue(place.finance, title="写到一半")
    heads = current().told()["heads"]
    with monkeypatch.context() as patched:
        full = OSError(errno.ENOSPC, "full")
        patched.setattr("os.replace", lambda *told: (_ for _ in ()).throw(full))
        with pytest.raises(RuntimeError, match="磁盘空间不足"):
            keeping.publish_changes()
    assert current().told()["heads"] == heads
    keeping.publish_changes()
    assert "写到一半" in page(entry.address)
    assert differences() == []


def test_a_full_disk_is_told_to_the_office_and_the_job_tried_again(
    site, place, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        issue(place.finance, title="磁盘满了")
    full = OSError(errno.ENOSPC, "full")
    with monkeypatch.context() as patched:
        patched.setattr("os.replace", lambda *told: (_ for _ in ()).throw(full))
        failed = [each for each in run_due(at=timezone.now()) if each.error]
    assert {each.kind for each in failed} == {"portal.publish"}
    assert "磁盘空间不足" in failed[0].error
    assert Job.objects.filter(kind="portal.publish", state=JobState.WAITING).exists()
    run_due(at=timezone.now() + timedelta(hours=1))
    assert differences() == []


def test_building_anew_goes_on_where_it_was_killed(site, place, monkeypatch):
    real, passed = building.write_portion, []

    def dies(view, tree, *gathered):
        passed.append(gathered)
        if len(passed) == 2:
            raise KeyboardInterrupt
        return real(view, tree, *gathered)

    monkeypatch.setattr(building, "write_portion", dies)
    monkeypatch.setattr(building, "_NOTED_SECONDS", 0)
    old = current().root
    with pytest.raises(KeyboardInterrupt):
        building.build(**QUIET)
    assert current().root == old
    entry = issue(place.finance, title="中断以后发布的")
    passed.append(())
    first = passed[0]
    building.build(**QUIET)
    assert current().root != old
    assert first not in passed[3:]
    assert stands(entry.address)
    assert differences() == []
    assert len(site_trees().all()) == 1


def test_one_builder_at_a_time(site):
    with site_trees().building(), pytest.raises(Busy):
        building.build(**QUIET)


def test_renewing_writes_only_what_differs(site, place):
    tree, address = current(), f"/{NOTICES}/"
    (tree.root / view().place(address)).write_bytes(b"tampered")
    before = files()
    assert building.renew(tree, **QUIET) == 1
    after = files()
    changed = {name for name in after if before[name] != after[name]}
    assert {name.removesuffix(".gz").removesuffix(".br") for name in changed} == {
        view().place(address)
    }
    assert differences() == []


def test_verifysite_names_every_difference(site, place):
    tree = current()
    entry = issue(place.finance, title="撤下的")
    keeping.publish_changes()
    body = tree.read(view().place(entry.address))
    withdraw(entry)
    keeping.publish_changes()
    assert verify() == (0, [])
    where = {name: tree.root / view().place(name) for name in ("/", "/wzdt/", "/zwdt/tzgg/")}
    where["/"].unlink()
    where["/wzdt/"].write_bytes(b"old")
    Path(f"{where['/zwdt/tzgg/']}.gz").write_bytes(b"torn")
    (tree.root / view().place(entry.address)).parent.mkdir(parents=True, exist_ok=True)
    (tree.root / view().place(entry.address)).write_bytes(body)
    stray = tree.root / HOST / "stray.html"
    stray.write_bytes(b"x")
    aside = tree.root / HOST / "robots.txt.new-1"
    aside.write_bytes(b"x")
    notice = Path(f"{stray}{GONE}")
    notice.write_bytes(b"x")
    code, found = verify()
    assert code == 1
    named = {(each["kind"], each["file"].removeprefix(HOST)) for each in found}
    assert {
        ("MISSING", "/index.html"),
        ("STALE", "/wzdt/index.html"),
        ("HALF", "/zwdt/tzgg/index.html"),
        ("WITHDRAWN", entry.address),
        ("SURPLUS", "/stray.html"),
        ("HALF", "/robots.txt.new-1"),
        ("NOTICE", "/stray.html"),
    } <= named
    call_command("publishsite", processes=1, stdout=StringIO(), stderr=StringIO())
    assert verify() == (0, [])


def verify() -> tuple[int, list[dict[str, str]]]:
    out, code = StringIO(), 0
    try:
        call_command("verifysite", format="json", processes=1, stdout=out)
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(out.getvalue())["differences"]


def test_the_commands_say_what_is_missing(place, settings):
    from django.core.management.base import CommandError

    with pytest.raises(CommandError, match="publishsite") as refused:
        call_command("verifysite")
    assert refused.value.returncode == 2
    settings.GONGKAI_SITE = "none"
    with pytest.raises(CommandError, match="GONGKAI_SITE"):
        call_command("publishsite")


def test_pages_with_forms_are_never_files(site):
    with pytest.raises(NotForEverybody):
        view().make("/jiucuo/")
    places = {place.removeprefix(HOST) for place, _ in current().walk()}
    assert not {name for name in places if name.startswith(("/jiucuo", "/sousuo", "/zwgk/ysqgk"))}


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"keywords": "惠企，<资金>", "editor": "张三", "summary": "摘要“一”", "source": "县财政局"},
        {"document_number": "靖财字〔2026〕8号", "genre": "NOTICE", "subject": "0201"},
        {"title": '带<标签>&符号\'和"引号"的标题'},
        {"body": '<p>正文</p><p><a href="https://example.com/?a=1&amp;b=2">外链</a></p>'},
    ],
)
def test_a_frame_gives_what_the_template_gives_to_the_letter(place, told):
    first = issue(place.finance, title="第一份")
    second = issue(place.finance, **told)
    third = issue(place.township, **told)
    one = view()
    keys = [first.pk, second.pk, third.pk]
    bodies = [made_page.body for _, made_page in one.documents(keys)]
    again = [made_page.body for _, made_page in one.documents(keys)]
    whole = [one.make(entry.address).body for entry in (first, second, third)]
    assert bodies == again == whole


def test_every_verb_of_a_chapter_that_the_public_sees_is_classed():
    said = {name for name in words if "." in name}
    assert set(VERBS) <= said | {"policy.publish_issue"}
    assert touched_by("disclosure.publish") == {Shows.ENTRY, Shows.RECORD}
    assert touched_by("disclosure.edit") == frozenset()
    assert touched_by("policy.lapse") == {Shows.RECORD, Shows.LIBRARY}
    every = {each for kind in KINDS.values() for each in kind.shows}
    assert every == set(Shows)


def test_the_handbook_draws_the_table_as_it_is():
    root = Path(__file__).resolve().parents[3]
    assert drawn() in (root / "docs" / "handbook" / "publish-site.md").read_text("utf-8")


def test_two_publishers_leave_what_one_after_the_other_leaves(site, place):
    first = issue(place.finance, title="甲")
    changes = keeping.since(current().told()["heads"])[1]
    second = issue(place.finance, title="乙")
    touched = touched_on(view(), changes)
    assert touched.documents == {first.pk}
    keeping.publish_changes()
    keeping.publish_changes()
    assert stands(first.address)
    assert stands(second.address)
    assert differences() == []
