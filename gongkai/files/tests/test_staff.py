"""The screens: adding, reading, redacting without a mouse, the wrong person on every door."""

from io import BytesIO
from unittest.mock import ANY
from uuid import uuid4

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.tests.uploads import NUMBER, covered, pdf, photo, word
from gongkai.audit.models import Event
from gongkai.files import CaseAccess, access_to, opens
from gongkai.files.actions import redact, release, remove
from gongkai.files.models import Purpose, StoredFile
from gongkai.files.queries import content, panel
from gongkai.files.tests.factories import ABOUT, AT, CLERK, an_organ, answering, on_disk, stored
from gongkai.orgs.models import Role
from gongkai.orgs.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db
WHO = {"by": CLERK, "at": AT}
BOX = {"page": "1", "left": "10", "top": "5", "width": "80", "height": "20"}


@pytest.fixture
def organ():
    return an_organ()


@pytest.fixture
def access(organ):
    return CaseAccess(
        organ_id=organ.pk,
        label="申请 360925001-2026-0001",
        address="/staff/a-case/",
        may_add=True,
        may_release=True,
        post="水利局经办人",
    )


@pytest.fixture
def desk(client, organ, access):
    user = make_user("yuxiao", "余晓")
    make_post(user, organ, Role.REQUEST_HANDLER)
    client.force_login(user)
    with answering(access, "yuxiao"):
        yield client


def url(name, file=None, *args):
    return reverse(f"files:{name}", args=[*([file.pk] if file else []), *args])


def upload(client, *files, **typed):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    typed = {"about": ABOUT, "purpose": "SOURCE"} | typed
    return client.post(url("upload"), typed | {"file": sent}, follow=typed.get("stay") == "1")


def page_of(response):
    return response.content.decode()


def test_files_are_added_and_listed(desk):
    response = upload(desk, ("说明.pdf", pdf()), ("照片.jpg", photo()), stay="1")
    page = page_of(response)
    assert "已存入2个文件" in page
    for said in ("说明.pdf", "JPG 图片", "查找到的信息", "未查毒", "余晓"):
        assert said in page
    assert StoredFile.objects.get(name="说明.pdf").sha256[:8] in page
    assert Event.objects.filter(verb="files.store", actor_post="水利局经办人").count() == 2
    assert upload(desk, ("又一份.pdf", pdf("又"))).url == "/staff/a-case/"


def test_what_is_refused_is_named_and_the_rest_is_kept(desk):
    response = upload(desk, ("说明.docx", pdf()), ("说明.pdf", pdf()))
    assert response.status_code == 422
    assert "“说明.docx”：文件名是“.docx”，内容却是PDF" in page_of(response)
    assert StoredFile.objects.get().name == "说明.pdf"
    assert "请选择“用途”" in page_of(upload(desk, ("a.pdf", pdf("a")), purpose="RELEASED"))
    assert "请选择要上传的“文件”" in page_of(upload(desk))


def test_a_file_is_read_as_an_attachment_that_cannot_run_and_the_reading_is_logged(desk, organ):
    file = stored(organ)
    response = desk.get(url("download", file))
    assert response.content == pdf()
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert Event.objects.get(verb="files.open").actor_name == "余晓"


def test_pages_are_pictures_and_turning_them_is_one_reading(desk, organ):
    file = stored(organ, pdf("一 #pagebreak() 二"))
    assert "共2页" in page_of(desk.get(url("read", file)))
    for number in (1, 2):
        response = desk.get(url("page", file, number))
        assert (response["Content-Type"], response.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
        assert "no-store" in response["Cache-Control"]
    assert Event.objects.filter(verb="files.open").count() == 1
    assert desk.get(url("page", file, 3)).status_code == 404
    other = stored(organ, pdf("另一份"))
    desk.get(url("page", other, 1))  # a page asked for by itself is a reading too
    assert Event.objects.filter(verb="files.open").count() == 2


def test_boxes_are_typed_previewed_and_burnt_without_javascript(desk, organ):
    file = stored(organ, pdf(covered()))
    assert "用鼠标在页面上画框" in page_of(desk.get(url("redact", file)))
    preview = page_of(desk.post(url("redact", file), BOX | {"do": "preview", "shown": "1"}))
    assert "共遮盖1处" in preview
    assert "确定遮盖，生成新文件" in preview
    response = desk.post(url("redact", file), BOX | {"do": "burn", "shown": "1"})
    made = StoredFile.objects.get(purpose=Purpose.REDACTED)
    assert response.url == url("file", made)
    assert made.boxes == [{"page": 1, "left": 0.1, "top": 0.05, "right": 0.9, "bottom": ANY}]
    text = pypdfium2.PdfDocument(content(made))[0].get_textpage().get_text_range()
    assert text.strip() == ""
    page = page_of(desk.get(url("file", made)))
    assert "遮盖1处" in page
    assert NUMBER not in page


def test_boxes_of_all_pages_survive_turning_pages_and_rows_can_be_taken_away(desk, organ):
    file = stored(organ, pdf("一 #pagebreak() 二"))
    rows = {name: [BOX[name], value] for name, value in zip(BOX, "21234", strict=True)}
    page = page_of(desk.post(url("redact", file), rows | {"do": "show:2", "shown": "1"}))
    assert "第2页，共2页" in page
    assert page.count('class="files-box"') == 1
    assert page.count('name="left"') == 4
    page = page_of(desk.post(url("redact", file), rows | {"do": "drop:0", "shown": "2"}))
    assert page.count('name="left"') == 3
    assert "第2页，共2页" in page


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"left": "靠左"}, "“左”应当是数字"),
        ({"left": "nan"}, "超出页面"),
        ({"page": "9"}, "页码应当在 1 到 1 之间"),
        ({"page": "1.5"}, "页码应当在 1 到 1 之间"),
        ({"page": "inf"}, "页码应当在 1 到 1 之间"),
        ({"width": "95"}, "超出页面"),
        ({"height": "0"}, "超出页面，或者宽、高不足"),
        ({"width": ""}, "“宽”应当是数字"),
    ],
)
def test_a_box_typed_wrongly_is_told_and_nothing_typed_is_lost(desk, organ, wrong, message):
    for verb in ("burn", "preview"):
        response = desk.post(url("redact", stored(organ)), BOX | wrong | {"do": verb})
        page = page_of(response)
        assert response.status_code == 422
        assert message in page
        assert f'value="{(BOX | wrong)["top"]}"' in page
    assert not StoredFile.objects.filter(purpose=Purpose.REDACTED).exists()


def test_no_box_at_all_is_told_and_flattening_is_another_button(desk, organ):
    file = stored(organ)
    assert "还没有遮盖区域" in page_of(desk.post(url("redact", file), {"do": "preview"}))
    desk.post(url("redact", file), {"do": "flatten"})
    assert StoredFile.objects.get(purpose=Purpose.REDACTED).name == "说明（压平）.pdf"


def test_release_lists_what_it_found_and_the_redaction_goes_out(desk, organ, settings):
    file = stored(organ, pdf(covered()))
    response = desk.post(url("release", file))
    assert response.status_code == 422
    assert "第1页色块下面仍有文字：“36092519800101001X" in page_of(response)
    made = redact(file, boxes=[], **WHO)
    page = page_of(desk.post(url("release", made), follow=True))
    assert "检查通过，公开件已生成并锁定" in page
    assert "传错了" not in page
    assert len(on_disk(settings.GONGKAI_RELEASED_DIR)) == 1
    released = StoredFile.objects.get(purpose=Purpose.RELEASED)
    assert "已经锁定" in page_of(desk.post(url("remove", released), {"reason": "x"}))
    assert "已锁定，不能改动" in page_of(desk.get(url("folder", None, ABOUT)))


def test_an_office_document_becomes_a_pdf(desk, organ):
    file = stored(organ, word(), name="说明.docx")
    assert "转成 PDF" in page_of(desk.get(url("file", file)))
    assert "已转成 PDF" in page_of(desk.post(url("convert", file), follow=True))
    assert "先转成 PDF" in page_of(desk.get(url("redact", file), follow=True))
    assert "不需要" in page_of(desk.post(url("convert", stored(organ))))


def test_a_wrong_upload_is_destroyed_with_a_reason(desk, organ):
    file = stored(organ)
    response = desk.post(url("remove", file), {"reason": ""})
    assert response.status_code == 422
    assert "请填写“销毁事由”" in page_of(response)
    page = page_of(desk.post(url("remove", file), {"reason": "传错案件"}, follow=True))
    assert "销毁：传错案件" in page
    assert "文件已销毁" in page_of(desk.get(url("download", file), follow=True))
    assert "文件已销毁" in page_of(desk.get(url("read", file), follow=True))
    assert "文件已销毁" in page_of(desk.get(url("redact", file), follow=True))
    assert desk.get(url("page", file, 1)).status_code == 404
    assert "传错案件" in page_of(desk.get(url("file", file)))


def doors(file):
    """Every address and how it is asked for."""
    return [
        ("get", url("folder", None, ABOUT), {}),
        ("post", url("upload"), {"about": ABOUT, "purpose": "SOURCE", "file": BytesIO(pdf())}),
        ("get", url("file", file), {}),
        ("get", url("download", file), {}),
        ("get", url("read", file), {}),
        ("get", url("page", file, 1), {}),
        ("post", url("remove", file), {"reason": "x"}),
        ("post", url("convert", file), {}),
        ("get", url("redact", file), {}),
        ("post", url("redact", file), BOX | {"do": "burn"}),
        ("post", url("release", file), {}),
    ]


def answers(client, file):
    return {getattr(client, how)(to, typed).status_code for how, to, typed in doors(file)}


def test_the_wrong_person_finds_nothing_anywhere(client, organ, access):
    file = stored(organ)
    stranger = make_user("stranger", "路人")
    make_post(stranger, organ, Role.REQUEST_HANDLER)
    client.force_login(stranger)
    with answering(access, "yuxiao"):
        assert answers(client, file) == {404}
    assert answers(client, file) == {404}  # no chapter answers at all
    assert StoredFile.objects.get().removed_at is None
    assert not Event.objects.filter(verb="files.open").exists()
    client.logout()
    assert answers(client, file) == {302}


def test_a_file_that_does_not_exist_is_no_different(desk):
    missing = StoredFile(pk=uuid4())
    for how, to, typed in doors(missing)[2:]:
        assert getattr(desk, how)(to, typed).status_code == 404


def test_who_may_only_look_changes_nothing(client, organ):
    file = stored(organ)
    viewer = make_user("viewer", "看的人")
    make_post(viewer, organ, Role.REVIEWER)
    client.force_login(viewer)
    with answering(CaseAccess(organ.pk, "申请", "/staff/"), "viewer"):
        page = page_of(client.get(url("file", file)))
        assert "遮盖或者压平" not in page
        assert "传错了" not in page
        assert "上传" not in page_of(client.get(url("folder", None, ABOUT)))
        for how, to, typed in doors(file):
            if how == "post" or to == url("redact", file):
                assert getattr(client, how)(to, typed).status_code in (302, 403)
    assert StoredFile.objects.get().removed_at is None


def test_purposes_withheld_from_a_person_are_not_there_for_them(client, organ):
    file = stored(organ, photo(), purpose=Purpose.IDENTITY_PROOF, name="证.jpg")
    viewer = make_user("viewer", "看的人")
    make_post(viewer, organ, Role.REVIEWER)
    client.force_login(viewer)
    withheld = frozenset({Purpose.IDENTITY_PROOF.value})
    with answering(CaseAccess(organ.pk, "申请", "/staff/", withheld=withheld), "viewer"):
        assert "身份证明.jpg" not in page_of(client.get(url("folder", None, ABOUT)))
        for name in ("file", "download", "read", "redact"):
            assert client.get(url(name, file)).status_code == 404


def test_two_chapters_do_not_answer_for_the_same_records():
    with answering(None, ""), pytest.raises(RuntimeError, match="filestest"):
        opens("filestest")(lambda user, about, now: None)
    assert access_to("nobody:1", None, timezone.now()) is None


def test_a_case_page_gets_its_panel(organ, access):
    file = stored(organ)
    user = make_user("yuxiao", "余晓")
    with answering(access, "yuxiao"):
        shown = panel(ABOUT, user, AT)
        assert [line.id for line in shown.lines] == [file.pk]
        assert ("RELEASED", "公开件") not in shown.purposes
        assert panel(ABOUT, make_user("other"), AT) is None
    released = release(file, **WHO)
    remove(released, reason="期满", **WHO)
