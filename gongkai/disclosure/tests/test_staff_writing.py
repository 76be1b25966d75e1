"""The editor: nothing typed is lost, conflicts are shown, Word becomes text, files travel along."""

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from gongkai.disclosure import actions, queries
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.tests import factories as make
from gongkai.disclosure.tests.staffing import at, signed_in, text
from gongkai.orgs.models import Role

pytestmark = pytest.mark.django_db
MERGED = (
    '<table><tr><th rowspan="2">单位</th><th colspan="2">金额</th></tr>'
    "<tr><th>预算</th><th>决算</th></tr><tr><td>财政局</td><td>1</td><td>2</td></tr></table>"
)


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOON + make.MINUTE)


@pytest.fixture
def finance():
    return make.department(make.county(), name="靖安县财政局", short_name="财政局")


@pytest.fixture
def section(finance):
    return make.section(finance.county)


@pytest.fixture
def clerk(finance):
    return signed_in("信息员", finance, Role.DEPARTMENT_CLERK)


@pytest.fixture
def draft(finance, section):
    return make.draft(finance, section, title="原来的标题")


def typed(entry, **fields):
    held = queries.told_of(entry)
    told = held.told
    return {
        "do": "save",
        "section": held.section_id,
        "title": told.title,
        "formed_on": told.formed_on.isoformat(),
        "mode": told.mode,
        "scope": told.scope,
        "body": told.body,
        "revision": held.revision,
        **fields,
    }


def word(*paragraphs, picture=False, comment=False) -> SimpleUploadedFile:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "金额"
    table.cell(1, 0).text, table.cell(1, 1).text = "预算", "决算"
    if picture:
        drawn = BytesIO()
        Image.new("RGB", (20, 10), (10, 80, 150)).save(drawn, "PNG")
        drawn.seek(0)
        document.add_picture(drawn)
    if comment:
        document.add_comment(document.paragraphs[0].runs, text="这里再改", author="甲")
    file = BytesIO()
    document.save(file)
    return SimpleUploadedFile("稿件.docx", file.getvalue())


def test_a_clerk_begins_an_entry_and_goes_on_in_the_editor(clerk, finance, section) -> None:
    told = {"organ": finance.pk, "section": section.pk, "title": "新的信息"}
    answer = clerk.post(
        at("entry_add"), {**told, "formed_on": "2026-09-18", "word": word("正文一段")}
    )
    entry = Entry.objects.get()
    assert answer.headers["Location"] == at("entry_edit", entry.pk)
    body = queries.told_of(entry).told.body
    assert "正文一段" in body
    assert 'colspan="2"' in body


def test_what_is_wrong_is_said_by_its_field_and_nothing_typed_is_lost(clerk, draft) -> None:
    wrong = typed(draft, title="改过的标题", mode="WITHHELD", document_number="乱写的文号")
    answer = clerk.post(at("entry_edit", draft.pk), {**wrong, "body": "<p>写了很久的正文</p>"})
    assert answer.status_code == 422
    for said in ("改过的标题", "写了很久的正文", "乱写的文号", "请写明理由和依据"):
        assert said in text(answer)
    draft.refresh_from_db()
    assert draft.title == "原来的标题"
    assert queries.told_of(draft).revision == 0


def test_a_table_with_merged_cells_is_kept_and_scripts_are_not(clerk, draft) -> None:
    hostile = MERGED + '<p onclick="x()">正文<script>alert(1)</script></p>'
    answer = clerk.post(at("entry_edit", draft.pk), typed(draft, body=hostile))
    assert answer.status_code == 302
    body = queries.told_of(draft).told.body
    assert 'rowspan="2"' in body
    assert 'colspan="2"' in body
    assert "script" not in body
    assert "onclick" not in body


def test_the_cleaned_text_is_shown_before_it_is_saved(clerk, draft) -> None:
    fields = typed(draft, do="tidy", title="还没保存的标题")
    fields["body"] = '<p style="color:red">红字</p><iframe src="https://x.example"></iframe>'
    answer = clerk.post(at("entry_edit", draft.pk), fields)
    assert answer.status_code == 200
    assert "整理后的正文（尚未保存）" in text(answer)
    assert "还没保存的标题" in text(answer)
    assert queries.told_of(draft).revision == 0


def test_a_second_editor_sees_the_conflict_and_keeps_what_was_typed(clerk, draft, finance) -> None:
    mine = typed(draft, title="我写的标题", body="<p>我写的正文</p>")
    other = signed_in("同事", finance, Role.DEPARTMENT_CLERK)
    theirs = typed(draft, title="同事的标题", body="<p>同事的正文</p>")
    assert other.post(at("entry_edit", draft.pk), theirs).status_code == 302
    answer = clerk.post(at("entry_edit", draft.pk), mine)
    assert answer.status_code == 409
    for said in ("我写的标题", "我写的正文", "同事的标题", "同事的正文", "又有人保存过"):
        assert said in text(answer)
    assert queries.told_of(draft).told.title == "同事的标题"
    again = {**mine, "revision": queries.told_of(draft).revision}
    assert clerk.post(at("entry_edit", draft.pk), again).status_code == 302
    assert queries.told_of(draft).told.title == "我写的标题"


def test_a_stale_editor_may_not_take_attachments_away(clerk, draft, finance) -> None:
    other = signed_in("同事", finance, Role.DEPARTMENT_CLERK)
    mine = typed(draft, title="我写的标题")
    other.post(at("entry_edit", draft.pk), typed(draft, title="同事的标题"))
    for do in ("attach", "word", "tidy", "detach:x"):
        answer = clerk.post(at("entry_edit", draft.pk), {**mine, "do": do})
        assert answer.status_code == 409, do
        assert "我写的标题" in text(answer)


def test_word_becomes_text_with_its_pictures_attached_and_is_not_saved_yet(clerk, draft) -> None:
    fields = typed(draft, do="word", title="没有保存的标题", word=word("来自文件", picture=True))
    answer = clerk.post(at("entry_edit", draft.pk), fields)
    assert answer.status_code == 200
    picture = draft.attachments.get()
    assert picture.role == "PICTURE"
    for said in ("来自文件", "没有保存的标题", f"/attachment/{picture.pk}", "没有替代文字"):
        assert said in text(answer)
    assert "来自文件" not in queries.told_of(draft).told.body
    again = clerk.post(
        at("entry_edit", draft.pk), typed(draft, do="word", word=word("再来", picture=True))
    )
    assert again.status_code == 200
    assert draft.attachments.count() == 1


def test_word_with_comments_is_refused_whole(clerk, draft) -> None:
    fields = typed(draft, do="word", body="<p>原来打的字</p>", word=word("稿子", comment=True))
    answer = clerk.post(at("entry_edit", draft.pk), fields)
    assert answer.status_code == 422
    assert "文件中有批注" in text(answer)
    assert "原来打的字" in text(answer)
    assert not draft.attachments.exists()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 x", b"PK\x03\x04broken", b"MZ\x90"])
def test_what_is_no_word_file_is_refused_in_words(clerk, draft, data) -> None:
    upload = SimpleUploadedFile("坏文件.docx", data)
    answer = clerk.post(at("entry_edit", draft.pk), typed(draft, do="word", word=upload))
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)


def test_files_are_attached_named_moved_and_taken_away_with_the_form(clerk, draft) -> None:
    url = at("entry_edit", draft.pk)
    uploads = [SimpleUploadedFile(f"{name}.txt", name.encode()) for name in ("甲", "乙")]
    fields = typed(draft, do="attach", title="没有保存的标题", file=uploads)
    answer = clerk.post(url, {**fields, "new-role": "ATTACHMENT"})
    assert answer.status_code == 200
    assert "没有保存的标题" in text(answer)
    first, second = draft.attachments.order_by("order")
    clerk.post(url, typed(draft, do=f"down:{first.pk}"))
    assert list(draft.attachments.order_by("order")) == [second, first]
    clerk.post(url, {**typed(draft), f"{first.pk}-name": "改名的附件"})
    first.refresh_from_db()
    assert first.name == "改名的附件"
    clerk.post(url, typed(draft, do=f"detach:{second.pk}"))
    assert list(draft.attachments.all()) == [first]
    assert clerk.post(url, typed(draft, do=f"detach:{second.pk}")).status_code == 404
    refused = clerk.post(url, {**typed(draft, do="attach"), "new-role": "ATTACHMENT"})
    assert refused.status_code == 422
    assert "请选择要上传的附件" in text(refused)


def test_what_is_under_review_is_not_edited(clerk, draft) -> None:
    make.forward(draft, EntryState.FIRST_REVIEW)
    answer = clerk.get(at("entry_edit", draft.pk))
    assert answer.headers["Location"] == at("entry", draft.pk)
    before = Entry.objects.get(pk=draft.pk).title
    clerk.post(at("entry_edit", draft.pk), {"do": "save", "title": "偷改"})
    assert Entry.objects.get(pk=draft.pk).title == before


def test_a_live_entry_shows_what_its_revision_changes(clerk, finance, section) -> None:
    entry = make.published(finance, section, title="公开的标题", body="<p>公开的正文</p>")
    actions.revise(entry, by=make.AUTHOR, at=make.NOON)
    clerk.post(at("entry_edit", entry.pk), typed(entry, body="<p>修订的正文</p>", keywords="新词"))
    page = text(clerk.get(at("entry", entry.pk)))
    for said in ("和公开版本（第1版）的不同", "公开的正文", "修订的正文", "新词", "旧版仍在公开"):
        assert said in page
