"""Storing, redacting, releasing, opening, destroying: every verb and everything it refuses."""

from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from django.db import transaction

from gongkai.adapters.redaction import Box
from gongkai.adapters.tests.test_antivirus import MARK, fake_clamd
from gongkai.adapters.tests.uploads import NUMBER, covered, pdf, photo, word
from gongkai.audit.models import Event
from gongkai.files.actions import (
    FileRefused,
    NotReleasable,
    convert,
    keep_text,
    open_file,
    redact,
    release,
    remove,
    reseal,
    store,
    sweep,
)
from gongkai.files.models import NAMED_BY_OTHERS, Locked, Purpose, ScanResult, StoredFile
from gongkai.files.queries import FileLost, content, files_of, name_of, text_of, to_reseal, vault
from gongkai.files.tests.factories import (
    ABOUT,
    AT,
    CLERK,
    an_organ,
    on_disk,
    stored,
)
from gongkai.outbox.actions import run_due

pytestmark = pytest.mark.django_db
WHO = {"by": CLERK, "at": AT}


@pytest.fixture
def organ():
    return an_organ()


def text_in(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_file_is_sealed_on_the_disk_and_comes_back_whole(organ, settings):
    data = pdf()
    file = stored(organ, data, name="C:\\文件\\情况\u202e说明.pdf")
    assert (file.name, file.kind, file.size) == ("情况说明.pdf", "pdf", len(data))
    (path,) = on_disk(settings.GONGKAI_FILE_DIR)
    assert path.name == file.blob.hex
    assert path.stat().st_mode & 0o077 == 0
    assert b"%PDF" not in path.read_bytes()
    assert content(file) == data
    event = Event.objects.get(verb="files.store")
    assert (event.chain, event.target, event.actor_name) == (organ.code, file.typed_id, "余晓")
    assert "情况说明" not in str(event.after)


def test_the_name_of_an_identity_proof_is_not_kept(organ):
    file = stored(organ, photo(), purpose=Purpose.IDENTITY_PROOF, name="张三身份证.jpg")
    assert file.name == "身份证明.jpg"


@pytest.mark.parametrize("purpose", sorted(NAMED_BY_OTHERS))
def test_how_others_named_a_file_stands_under_seal(organ, purpose):
    file = stored(organ, photo(), purpose=purpose, name="张三房产证.jpg")
    file.refresh_from_db()
    assert file.name == f"{Purpose(purpose).label}.jpg"
    assert "张三".encode() not in bytes(file.told_name)
    assert name_of(file) == "张三房产证.jpg"
    assert files_of(ABOUT)[0].name == "张三房产证.jpg"
    assert "张三" not in redact(file, boxes=[], **WHO).name
    other = stored(organ, photo(), purpose=purpose, about="filestest:8", name="李四.jpg")
    file.told_name = other.told_name  # of another row: shown plainly, and the file stays there
    assert name_of(file) == file.name
    assert name_of(remove(other, reason="传错", **WHO)) == file.name


def test_a_document_made_from_anothers_keeps_the_name_under_seal(organ, monkeypatch):
    monkeypatch.setattr("gongkai.adapters.redaction.to_pdf", lambda data, kind: pdf())
    file = stored(organ, word(), purpose=Purpose.SUPPLEMENT, name="张三补正.docx")
    made = convert(file, **WHO)
    assert (made.name, name_of(made)) == ("补正材料.pdf", "张三补正.pdf")


def test_the_same_file_twice_in_a_case_is_one_and_in_another_case_another(organ, settings):
    one, again = stored(organ), stored(organ, name="另一个名字.pdf")
    assert one.pk == again.pk
    assert stored(organ, about="filestest:8").pk != one.pk
    assert stored(organ, purpose=Purpose.DRAFT).pk != one.pk
    assert len(on_disk(settings.GONGKAI_FILE_DIR)) == 3
    assert Event.objects.filter(verb="files.store").count() == 3


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("空.pdf", b"", "空的"),
        ("说明.docx", pdf(), "内容却是PDF"),
        ("程序.pdf", b"MZ\x90\x00" + b"\x00" * 100, "程序"),
        ("说明", pdf(), "没有扩展名"),
    ],
)
def test_what_is_refused_changes_nothing(organ, settings, name, data, message):
    with pytest.raises(FileRefused, match=message):
        stored(organ, data, name=name)
    assert not StoredFile.objects.exists()
    assert not on_disk(settings.GONGKAI_FILE_DIR)
    assert not Event.objects.filter(verb__startswith="files.").exists()


def test_too_large_a_file_is_refused(organ, monkeypatch):
    monkeypatch.setattr("gongkai.files.actions.storing.MOST_BYTES", 100)
    with pytest.raises(FileRefused, match="超过"):
        stored(organ)


def test_a_mail_is_taken_as_mail_only(organ):
    mail = "From: a@b.cn\nSubject: 申请\n\n正文".encode("gb18030")
    assert stored(organ, mail, name="来信.eml", purpose=Purpose.MAIL).kind == "eml"
    with pytest.raises(FileRefused, match="不接收"):
        stored(organ, mail, name="来信.eml", purpose=Purpose.OTHER)


def test_nobody_stores_a_redaction_or_a_release_by_hand(organ):
    for purpose in (Purpose.REDACTED, Purpose.RELEASED):
        with pytest.raises(ValueError, match="redact and release"):
            stored(organ, purpose=purpose)


def test_an_infected_file_is_refused_and_a_clean_one_says_so(organ, settings, tmp_path):
    with fake_clamd(tmp_path) as address:
        settings.GONGKAI_CLAMD = address
        file = stored(organ)
        assert (file.scan, file.scanned_at) == (ScanResult.CLEAN, AT)
        with pytest.raises(FileRefused, match="病毒（Test-Marker）"):
            stored(organ, MARK, name="说明.txt")
    with pytest.raises(FileRefused, match="没有回应"):  # configured, and gone
        stored(organ, pdf("另一份"))
    settings.GONGKAI_CLAMD = ""
    assert stored(organ, pdf("另一份")).scan == ScanResult.NOT_SCANNED


def test_text_is_taken_after_the_commit_and_sealed(organ):
    file = stored(organ, word("河道采砂"), name="说明.docx")
    bad = stored(organ, photo(), name="照片.jpg")
    assert text_of(file) == ""
    run_due(at=AT)
    file.refresh_from_db()
    bad.refresh_from_db()
    assert "河道采砂" in text_of(file)
    assert "河道采砂".encode() not in bytes(file.text)
    assert (text_of(bad), bad.text_note[:5]) == ("", "这是图片，")
    keep_text(str(file.pk))  # safe to repeat


def test_a_redaction_is_pictures_only(organ):
    file = stored(organ)
    made = redact(file, boxes=[Box(1, 0.1, 0.1, 0.9, 0.2)], **WHO)
    data = content(made)
    assert (made.purpose, made.made_from, made.name) == (Purpose.REDACTED, file, "说明（遮盖）.pdf")
    assert made.redacted_from == file
    assert len(made.boxes) == 1
    assert NUMBER in text_in(content(file))
    assert text_in(data).strip() == ""
    assert NUMBER.encode() not in data
    assert NUMBER.encode("utf-16-be") not in data
    flat = redact(file, boxes=[], **WHO)
    assert flat.name == "说明（压平）.pdf"
    assert content(flat) != data


def test_pictures_and_office_documents_are_redacted_as_pdf(organ):
    picture = stored(organ, photo(), name="照片.jpg")
    assert content(redact(picture, boxes=[], **WHO)).startswith(b"%PDF")
    document = stored(organ, word(), name="说明.docx")
    made = redact(document, boxes=[], **WHO)
    assert content(made).startswith(b"%PDF")
    converted = convert(document, **WHO)
    assert (converted.name, converted.purpose) == ("说明.pdf", Purpose.SOURCE)
    assert convert(document, **WHO).pk == converted.pk
    with pytest.raises(FileRefused, match="不需要"):
        convert(converted, **WHO)


@pytest.mark.parametrize(
    "box",
    [
        Box(1, 0.5, 0.1, 0.5, 0.2),
        Box(1, -0.1, 0.1, 0.5, 0.2),
        Box(1, 0.1, 0.1, 1.5, 0.2),
        Box(1, 0.1, float("nan"), 0.5, 0.2),
        Box(0, 0.1, 0.1, 0.5, 0.2),
        Box(9, 0.1, 0.1, 0.5, 0.2),
    ],
)
def test_a_box_that_covers_nothing_is_refused(organ, box):
    with pytest.raises(FileRefused):
        redact(stored(organ), boxes=[box], **WHO)
    assert not StoredFile.objects.filter(purpose=Purpose.REDACTED).exists()


def test_release_finds_the_number_under_the_rectangle(organ, settings):
    file = stored(organ, pdf(covered()))
    with pytest.raises(
        NotReleasable, match="第1页色块下面仍有文字：“36092519800101001X"
    ) as refused:
        release(file, **WHO)
    assert refused.value.findings[0].page == 1
    assert not on_disk(settings.GONGKAI_RELEASED_DIR)
    made = release(redact(file, boxes=[], **WHO), **WHO)
    assert made.purpose == Purpose.RELEASED
    assert len(on_disk(settings.GONGKAI_RELEASED_DIR)) == 1


def test_a_released_file_never_changes(organ):
    made = release(stored(organ), **WHO)
    made.name = "别的.pdf"
    with pytest.raises(Locked):
        made.save()
    with pytest.raises(Locked):
        made.delete()
    with pytest.raises(Locked):
        StoredFile.objects.filter(about=ABOUT).update(name="别的.pdf")
    with pytest.raises(Locked):
        StoredFile.objects.all().delete()
    made.refresh_from_db()
    assert made.name == "说明（公开）.pdf"
    assert release(made.made_from, **WHO).pk == made.pk  # twice is once


@pytest.mark.parametrize(
    "purpose", [Purpose.IDENTITY_PROOF, Purpose.CONSULTATION_OPINION, Purpose.PAYMENT]
)
def test_some_purposes_are_never_given_out(organ, purpose):
    with pytest.raises(FileRefused, match="不能作为公开件"):
        release(stored(organ, purpose=purpose), **WHO)


def test_an_office_document_is_not_released_as_it_is(organ):
    with pytest.raises(FileRefused, match="先转成 PDF"):
        release(stored(organ, word(), name="说明.docx"), **WHO)


def test_each_opening_is_logged(organ):
    file = stored(organ)
    assert open_file(file, **WHO) == pdf()
    event = Event.objects.get(verb="files.open")
    assert (event.actor_name, event.target) == ("余晓", file.typed_id)


def test_removing_destroys_the_bytes_and_keeps_the_row(organ, settings):
    file = stored(organ)
    run_due(at=AT)
    with pytest.raises(FileRefused, match="销毁事由") as refused:
        remove(file, reason=" ", **WHO)
    assert refused.value.field == "reason"
    gone = remove(file, reason="保管期满", **WHO)
    assert (gone.removed_by, gone.removed_reason, gone.text) == ("余晓", "保管期满", None)
    run_due(at=AT)
    assert not on_disk(settings.GONGKAI_FILE_DIR)
    with pytest.raises(FileRefused, match="已经销毁"):
        remove(gone, reason="再来", **WHO)
    for verb in (open_file, release, convert):
        with pytest.raises(FileRefused):
            verb(gone, **WHO)
    with pytest.raises(FileRefused):
        redact(gone, boxes=[], **WHO)
    keep_text(str(gone.pk))
    (line,) = files_of(ABOUT)
    assert line.removed_reason == "保管期满"
    assert not line.may_redact
    again = stored(organ)  # the same bytes may come again
    assert again.pk != file.pk


def test_a_released_file_may_be_destroyed_when_its_time_is_over(organ, settings):
    made = release(stored(organ), **WHO)
    remove(made, reason="保管期满", **WHO)
    run_due(at=AT)
    assert not on_disk(settings.GONGKAI_RELEASED_DIR)


def test_what_was_altered_on_the_disk_is_noticed(organ, settings):
    file = stored(organ)
    (path,) = on_disk(settings.GONGKAI_FILE_DIR)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(FileLost, match="改动"):
        content(file)
    other = stored(organ, pdf("别的"), about="filestest:8")
    path.write_bytes(vault(False)._place(other.blob).read_bytes())  # another file's bytes
    with pytest.raises(FileLost):
        content(file)
    path.unlink()
    with pytest.raises(FileRefused, match="备份"):
        open_file(file, **WHO)


def test_a_file_rolled_back_leaves_bytes_that_the_sweep_takes_away(organ, settings):
    kept = stored(organ)
    with transaction.atomic():
        stored(organ, pdf("回滚"))
        transaction.set_rollback(True)
    assert len(on_disk(settings.GONGKAI_FILE_DIR)) == 2
    later = max(path.stat().st_mtime for path in on_disk(settings.GONGKAI_FILE_DIR))
    moment = AT.fromtimestamp(later, AT.tzinfo)
    assert sweep(at=moment + timedelta(hours=1)) == 0
    assert sweep(at=moment + timedelta(days=2)) == 1
    assert content(kept) == pdf()


def test_a_new_key_seals_everything_anew(organ, settings):
    settings.GONGKAI_FIELD_KEY = "old"
    file, released = stored(organ), release(stored(organ, pdf("公开")), **WHO)
    named = stored(organ, photo(), purpose=Purpose.OTHER, name="张三.jpg")
    run_due(at=AT)
    settings.GONGKAI_FIELD_KEY = "test"
    settings.GONGKAI_FIELD_ALGORITHM = "SM4-GCM"
    assert to_reseal() == 4
    assert [reseal(2, at=AT) for _ in range(3)] == [2, 2, 0]
    assert to_reseal() == 0
    run_due(at=AT)
    settings.GONGKAI_FIELD_KEYS = {"test": settings.GONGKAI_FIELD_KEYS["test"]}
    file.refresh_from_db()
    released.refresh_from_db()
    named.refresh_from_db()
    assert name_of(named) == "张三.jpg"
    assert content(file) == pdf()
    assert text_of(file)
    assert content(released) == pdf("公开")
    assert len(on_disk(settings.GONGKAI_RELEASED_DIR)) == 1


def test_a_scanner_that_is_silent_stops_nothing_that_was_made_here(organ, settings):
    file = stored(organ)
    settings.GONGKAI_CLAMD = "/nowhere/clamd.ctl"
    made = redact(file, boxes=[], **WHO)
    assert made.scan == ScanResult.NOT_SCANNED
    with pytest.raises(FileRefused):
        store(
            organ=organ,
            about=ABOUT,
            purpose=Purpose.OTHER,
            name="a.txt",
            content="别的".encode(),
            by=replace(CLERK, post=""),
            at=AT,
        )


def test_proof_of_who_asks_is_never_made_fit_to_be_given_out(organ):
    file = stored(organ, photo(), purpose=Purpose.IDENTITY_PROOF, name="证.jpg")
    with pytest.raises(FileRefused, match="身份证明不能公开"):
        redact(file, boxes=[], by=CLERK, at=AT)
