"""The text in hand: metadata, dates, sections, attachments, two editors, hostile input."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook

from gongkai.disclosure import actions, queries
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import AttachmentRole, Entry, Section, Version
from gongkai.disclosure.rules import (
    ChangedMeanwhile,
    ChecksStand,
    EntryRefused,
    NotAllowedNow,
    SecrecyConclusion,
    SecrecyForm,
    SecrecyQuestion,
)
from gongkai.disclosure.rules.addresses import reference
from gongkai.disclosure.tests import factories as make
from gongkai.files import actions as files
from gongkai.files.models import StoredFile
from gongkai.files.queries import content

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path) -> None:
    """Keep the files of a test by themselves."""
    settings.GONGKAI_FILE_DIR = tmp_path / "files"
    settings.GONGKAI_RELEASED_DIR = tmp_path / "released"


@pytest.fixture
def home():
    return make.county()


@pytest.fixture
def where(home):
    return make.section(home)


def attach(entry: Entry, content: bytes = "附件内容\n".encode(), **fields):
    """Attach a file."""
    told = {"role": AttachmentRole.ATTACHMENT, "file_name": "清单.txt", **fields}
    return actions.attach(entry, content=content, by=make.AUTHOR, at=make.NOON, **told)


FAULTS = [
    ({"title": "  "}, "title"),
    ({"title": "长" * 301}, "title"),
    ({"formed_on": None}, "formed_on"),
    ({"formed_on": date(2026, 9, 22)}, "formed_on"),
    ({"formed_on": date(1949, 9, 30)}, "formed_on"),
    ({"changed_on": date(2026, 9, 17)}, "changed_on"),
    ({"changed_on": date(2026, 9, 22)}, "changed_on"),
    ({"expires_on": date(2026, 9, 18)}, "expires_on"),
    ({"document_number": "靖府发[2026]第01号"}, "document_number"),
    ({"document_number": "随便写的"}, "document_number"),
    ({"mode": "WITHHELD"}, "mode_reason"),
    ({"mode": "SECRET"}, "mode"),
    ({"genre": "NONSENSE"}, "genre"),
    ({"subject": "9999"}, "subject"),
    ({"joint_issuers": ("某" * 101,)}, "joint_issuers"),
    ({"extra_sections": (999999,)}, "extra_sections"),
]


@pytest.mark.parametrize(("wrong", "field"), FAULTS)
def test_each_fault_names_its_field_and_nothing_is_kept(home, where, wrong, field) -> None:
    with pytest.raises(EntryRefused) as refused:
        make.draft(home, where, **wrong)
    assert refused.value.field == field
    assert str(refused.value)
    assert not Entry.objects.exists()


def test_an_abolished_organ_makes_nothing_new(home, where) -> None:
    gone = make.department(home, "old", valid_to=date(2026, 9, 1))
    with pytest.raises(EntryRefused, match="承接机关"):
        make.draft(gone, where)
    assert make.draft(gone, where, formed_on=date(2026, 8, 31)).pk


def test_what_is_not_proactive_has_no_clock_and_is_never_submitted(home, where) -> None:
    entry = make.draft(home, where, mode="WITHHELD", mode_reason="条例第十六条：内部事务信息")
    assert (entry.owing, entry.due_on) == (False, None)
    with pytest.raises(EntryRefused) as refused:
        actions.submit(entry, by=make.AUTHOR, at=make.NOON)
    assert refused.value.field == "mode"


def test_a_document_needs_its_genre_subject_and_text(home) -> None:
    where = make.section(home, "gfxwj", kind="POLICY")
    entry = make.draft(home, where, document_number="靖府发〔2026〕3号", body="")
    with pytest.raises(EntryRefused) as refused:
        actions.submit(entry, by=make.AUTHOR, at=make.NOON)
    assert {fault.field for fault in refused.value.faults} == {"body", "genre", "subject"}
    entry = make.draft(home, where, genre="NOTICE", subject="0201")
    assert actions.submit(entry, by=make.AUTHOR, at=make.NOON).in_review.number == 1


def test_sections_that_are_not_ours_are_refused(home, where) -> None:
    elsewhere = make.county("other", name="某县人民政府")
    group = make.section(home, "zwgk/sub").parent
    restricted = make.section(home, "own", restricted_to=home)
    bureau = make.department(home)
    for wrong in (make.section(elsewhere, "tjxx"), group, restricted):
        with pytest.raises(EntryRefused) as refused:
            make.draft(bureau, wrong)
        assert refused.value.field == "section"
    actions.close_section(where, on=date(2026, 9, 21), by=make.LEADER, at=make.NOON)
    with pytest.raises(EntryRefused, match="停用"):
        make.draft(bureau, Section.objects.get(pk=where.pk))


def test_two_editors_do_not_overwrite_each_other(home, where) -> None:
    entry = make.draft(home, where)
    actions.edit(entry, told=make.told(title="甲改的"), revision=0, by=make.FIRST, at=make.NOON)
    with pytest.raises(ChangedMeanwhile):
        actions.edit(
            entry, told=make.told(title="乙改的"), revision=0, by=make.AUTHOR, at=make.NOON
        )
    text = queries.told_of(entry)
    assert (text.told.title, text.revision) == ("甲改的", 1)
    assert text.authors == ("author", "first")


def test_hostile_html_never_reaches_the_draft(home, where) -> None:
    body = (
        "<p onclick='x()'>正文<script>alert(1)</script></p>"
        "<img src='https://evil.example/a.png'><a href='javascript:x()'>链接</a>"
    )
    kept = queries.told_of(make.draft(home, where, body=body)).told.body
    assert "script" not in kept
    assert "onclick" not in kept
    assert "evil" not in kept


def test_pictures_need_words_and_reach_the_page_by_their_address(home, where) -> None:
    entry = make.draft(home, where)
    picture = attach(entry, PNG, role=AttachmentRole.PICTURE, file_name="图.png")
    ref = reference(picture.pk)
    told = make.told(body=f'<p>见图。</p><p><img src="{ref}" alt=""></p>')
    text = queries.told_of(entry)
    actions.edit(entry, told=told, revision=text.revision, by=make.AUTHOR, at=make.NOON)
    with pytest.raises(ChecksStand) as stopped:
        actions.submit(entry, by=make.AUTHOR, at=make.NOON)
    assert {one.rule for one in stopped.value.findings} == {"alternative_missing"}
    actions.describe_attachment(
        picture,
        role=AttachmentRole.PICTURE,
        name="图",
        alternative="全县统计数据柱状图",
        by=make.AUTHOR,
        at=make.NOON,
    )
    entry = make.forward(entry, EntryState.PUBLISHED)
    page = queries.page_at(home.pk, entry.address)
    (file,) = page.files
    assert page.address_of(file) in page.body
    assert ref not in page.body
    named, row = queries.attachment_of(home.pk, entry.address, picture.pk)
    assert content(row) == PNG
    assert named.alternative == "全县统计数据柱状图"


def test_public_files_cannot_be_destroyed_and_private_ones_not_read(home, where) -> None:
    entry = make.draft(home, where)
    row = attach(entry)
    assert queries.attachment_of(home.pk, "/tjxx/202609/1.html", row.pk) is None
    entry = make.forward(entry, EntryState.PUBLISHED)
    with pytest.raises(files.FileRefused, match="正在公开"):
        files.remove(row.file, reason="误传", by=make.LEADER, at=make.NOON)
    later = make.NOON + timedelta(days=1)
    entry = actions.revise(entry, by=make.AUTHOR, at=later)
    actions.detach(row, by=make.AUTHOR, at=later)
    fresh = actions.attach(
        entry,
        role=AttachmentRole.ATTACHMENT,
        content="新清单".encode(),
        file_name="新.txt",
        by=make.AUTHOR,
        at=later,
    )
    assert queries.attachment_of(home.pk, entry.address, fresh.pk) is None
    assert queries.attachment_of(home.pk, entry.address, row.pk) is not None
    entry = make.forward(entry, EntryState.PUBLISHED, later)
    assert queries.attachment_of(home.pk, entry.address, row.pk) is None
    files.remove(row.file, reason="误传", by=make.LEADER, at=later)
    assert StoredFile.objects.get(pk=fresh.file_id).kept_for == entry.record_id
    entry = actions.withdraw(entry, reason="LEGAL", note="依法", by=make.LEADER, at=later)
    assert queries.attachment_of(home.pk, entry.address, fresh.pk) is None
    files.remove(fresh.file, reason="含个人信息", by=make.LEADER, at=later)


def test_attachments_are_refused_with_words(home, where) -> None:
    entry = make.draft(home, where)
    for wrong in ({"content": b""}, {"content": b"MZ\x90", "file_name": "x.exe"}):
        with pytest.raises(EntryRefused) as refused:
            attach(entry, **wrong)
        assert refused.value.field == "file"
    attach(entry)
    with pytest.raises(EntryRefused, match="同一文件"):
        attach(entry)
    two = attach(entry, "另一份".encode(), file_name="二.txt")
    one = entry.attachments.order_by("order").first()
    actions.reorder(entry, ids=[two.pk, one.pk], by=make.AUTHOR, at=make.NOON)
    assert [file.id for file in queries.files_in_hand(entry)] == [two.pk, one.pk]
    entry = make.forward(entry, EntryState.FIRST_REVIEW)
    with pytest.raises(NotAllowedNow):
        attach(entry, "审核中".encode(), file_name="三.txt")
    with pytest.raises(NotAllowedNow):
        actions.detach(two, by=make.AUTHOR, at=make.NOON)


def test_a_leak_in_an_attachment_stops_the_text(home, where) -> None:
    entry = make.draft(home, where)
    book, kept = Workbook(), BytesIO()
    book.active.append(["救助对象", "金额"])
    hidden = book.create_sheet("底表")
    hidden.sheet_state = "hidden"
    hidden.append(["姓名", "身份证号"])
    hidden.append(["李大勇", "362226194502250007"])
    book.save(kept)
    attach(entry, kept.getvalue(), file_name="清单.xlsx")
    with pytest.raises(ChecksStand) as stopped:
        actions.submit(entry, by=make.AUTHOR, at=make.NOON)
    assert any("底表" in one.place for one in stopped.value.findings)
    assert not Version.objects.exists()


def test_links_that_lead_nowhere_stop_the_text(home, where) -> None:
    other = make.published(home, where)
    body = (
        f'<p><a href="{other.address}">原文</a><a href="/tjxx/">栏目</a>'
        '<a href="https://www.gov.cn/">国务院</a></p>'
    )
    entry = make.draft(home, where, body=body)
    assert [one.rule for one in actions.check(entry)] == ["link_external"]
    for dead in ("/tjxx/202609/999999.html", reference("0" * 8 + "-0000-0000-0000-" + "0" * 12)):
        entry = make.draft(home, where, body=f'<p><a href="{dead}">链接</a>。</p>')
        (found,) = actions.check(entry)
        assert (found.rule, found.blocking) == ("link_dead", True)
    entry = make.draft(home, where, body='<p><a href="a.html">链接</a>。</p>')
    assert [one.rule for one in actions.check(entry)] == ["link_relative"]


def test_the_organs_own_numbers_may_stand(home, where) -> None:
    bureau = make.department(home, phone="13807951234")
    body = "<p>咨询电话：13807951234。</p>"
    assert actions.check(make.draft(bureau, where, body=body)) == ()
    other = make.department(home, "mzj")
    assert [one.rule for one in actions.check(make.draft(other, where, body=body))] == [
        "privacy.mobile_phone"
    ]


def test_secrecy_is_reviewed_item_by_item(home, where) -> None:
    entry = make.forward(make.draft(home, where), EntryState.SECRECY_REVIEW)
    clear = dict.fromkeys(SecrecyQuestion, False)
    wrong = [
        SecrecyForm(),
        SecrecyForm(clear, None, "条例第二十条"),
        SecrecyForm(clear, SecrecyConclusion.NOT_PUBLIC, "条例第二十条"),
        SecrecyForm(clear, SecrecyConclusion.SEVERED, "条例第二十条"),
        SecrecyForm(clear, SecrecyConclusion.PUBLIC, " "),
        SecrecyForm({**clear, SecrecyQuestion.PERSONAL: True}, SecrecyConclusion.PUBLIC, "条"),
        SecrecyForm({SecrecyQuestion.PERSONAL: False}, SecrecyConclusion.PUBLIC, "条例第二十条"),
    ]
    for form in wrong:
        with pytest.raises(EntryRefused):
            actions.clear_secrecy(entry, form=form, by=make.SECRECY, at=make.NOON)
    entry = actions.clear_secrecy(entry, form=make.CLEAR, by=make.SECRECY, at=make.NOON)
    act = queries.acts_of(entry)[-1]
    assert act.form["conclusion"] == "PUBLIC"
    assert act.version == 1
