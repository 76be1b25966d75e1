"""The verbs: numbers without gaps, frozen files, refusals that change nothing, templates."""

import os
import uuid
import zipfile
from datetime import date, timedelta
from io import BytesIO

import pdfplumber
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.adapters import letter_files
from gongkai.adapters.seal import seal
from gongkai.audit.models import AppendOnly, Event
from gongkai.letters import actions, queries
from gongkai.letters.actions import rendering
from gongkai.letters.lifecycle import LetterState
from gongkai.letters.models import Letter, LetterSeries, LetterTemplate
from gongkai.letters.rules.errors import (
    LetterAltered,
    LetterError,
    LetterIncomplete,
    LetterRefused,
    ProfileMissing,
    TemplateRefused,
)
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.rules.terms import Due
from gongkai.letters.rules.values import sample_for
from gongkai.letters.tests.factories import AT, CLERK, ON, make_letter, make_profile, values

pytestmark = pytest.mark.django_db


def pdf_text(data: bytes) -> str:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def test_a_letter_is_numbered_frozen_and_logged_without_its_recipient(water, letter_folder):
    letter = make_letter(water)
    assert letter.number == "靖水公复〔2026〕1号"
    assert make_letter(water).number == "靖水公复〔2026〕2号"
    text = pdf_text(queries.content(letter, "pdf"))
    assert "张璪" in text
    assert "靖水公复〔2026〕1号" in text
    assert "应当先申请行政复议" in text.replace("\n", "")
    assert "靖安县人民政府" in text.replace("\n", "")  # the county reviews its departments
    event = Event.objects.filter(verb="letters.issue").earliest("pk")
    assert event.chain == water.code
    assert "张璪" not in str(event.after)
    assert event.after["letter_number"] == letter.number
    row = str(Letter.objects.filter(pk=letter.pk).values().get())
    assert "张璪" not in row
    for path in letter_folder.rglob("*.sealed"):
        assert b"PK\x03\x04" not in path.read_bytes()[:200]
        assert b"%PDF" not in path.read_bytes()[:200]


def test_the_seal_is_whole_and_a_changed_file_is_not(water):
    data = queries.content(make_letter(water), "pdf")
    assert seal().verify(data).intact
    assert "靖安县水利局" in seal().verify(data).signer
    assert not seal().verify(data.replace(b"/Author", b"/Bothor", 1)).intact
    unsealed = queries.content(make_letter(water, sealed=False), "pdf")
    assert seal().verify(unsealed) is None


def test_series_are_apart_by_organ_kind_and_year(water, county):
    make_profile(county.finance, number_prefix="靖财")
    assert make_letter(water).serial == 1
    assert make_letter(county.finance).number == "靖财公复〔2026〕1号"
    assert make_letter(water, on=date(2027, 1, 4)).number == "靖水公复〔2027〕1号"
    sample = sample_for(LetterKind.SUPPLEMENT)
    assert make_letter(water, LetterKind.SUPPLEMENT, values=sample).number == "靖水公补〔2026〕1号"
    assert make_letter(water, LetterKind.NOT_HELD, values=values()).serial == 2


def test_a_failure_uses_no_number(water, monkeypatch):
    make_letter(water)
    for where, broken in ((letter_files, "keep"), (rendering, "render")):
        with monkeypatch.context() as patched:
            patched.setattr(where, broken, _fails)
            with pytest.raises(OSError, match="disk"):
                make_letter(water)
    with pytest.raises(LetterIncomplete):
        make_letter(water, values=values(asked=" "))
    with transaction.atomic():
        make_letter(water)
        transaction.set_rollback(True)  # the caller fails after the letter
    assert Letter.objects.count() == 1
    assert make_letter(water).serial == 2
    assert queries.gaps() == []


def _fails(*args, **kwargs):
    raise OSError("disk full")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.sampled_from(["issue", "fail", "cancel", "other"]), max_size=8))
def test_any_course_leaves_no_gap_and_no_double(water, plan, monkeypatch):
    monkeypatch.setattr(rendering, "render", _plainly)
    with transaction.atomic():
        before = list(Letter.objects.filter(organ=water).values_list("word", "serial"))
        issued: list[Letter] = []
        for step in plan:
            if step == "fail":
                with pytest.raises(LetterIncomplete):
                    make_letter(water, values=values(paragraphs=()))
            elif step == "cancel" and issued:
                actions.cancel(issued.pop(), reason="日期有误", by=CLERK, at=AT)
            else:
                kind = LetterKind.LAPSE if step == "other" else LetterKind.NOT_HELD
                issued.append(make_letter(water, kind))
        for word in ("公复", "公终"):
            held = sorted(
                Letter.objects.filter(organ=water, word=word).values_list("serial", flat=True)
            )
            assert held == list(range(1, len(held) + 1))
        assert queries.gaps() == []
        assert Letter.objects.filter(organ=water).count() >= len(before)
        transaction.set_rollback(True)


def _plainly(draft, number, **_):
    return actions.Rendered(b"docx", b"pdf", "0" * 64)


def test_a_number_cannot_be_used_twice(water):
    letter = make_letter(water)
    twin = Letter(
        **{field.attname: getattr(letter, field.attname) for field in Letter._meta.fields}
    )
    twin.pk = uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_cancelled_numbers_are_kept(water):
    letter = make_letter(water)
    with pytest.raises(LetterRefused, match="作废理由"):
        actions.cancel(letter, reason=" ", by=CLERK, at=AT)
    held = actions.cancel(letter, reason="成文日期有误", by=CLERK, at=AT)
    assert held.state == LetterState.CANCELLED
    assert make_letter(water).serial == 2
    assert [each.number for each in queries.register([water.pk])] == [
        "靖水公复〔2026〕2号",
        "靖水公复〔2026〕1号",
    ]
    with pytest.raises(LetterRefused, match="已经作废"):
        actions.cancel(held, reason="再次", by=CLERK, at=AT)
    assert pdf_text(queries.content(held, "pdf"))  # what was said stays readable


def test_the_database_freezes_letters(water):
    letter = make_letter(water)
    with pytest.raises(AppendOnly):
        letter.delete()
    for change in ({"pdf_sha256": "0" * 64}, {"serial": 9}, {"about": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        LetterSeries.objects.update(last=0)


def test_a_changed_or_lost_file_is_not_shown(water, letter_folder):
    letter, other = make_letter(water), make_letter(water)
    place = {path.name: path for path in letter_folder.rglob("*.sealed")}
    path, strange = (place[f"{each.file_name('pdf')}.sealed"] for each in (letter, other))
    whole = path.read_bytes()
    path.write_bytes(strange.read_bytes())
    with pytest.raises(LetterAltered, match="不能打开"):
        queries.content(letter, "pdf")
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(LetterAltered):
        queries.content(letter, "pdf")
    path.unlink()
    with pytest.raises(LetterAltered, match="备份"):
        queries.content(letter, "pdf")
    # Sealed anew with the right key, but other words: only the hash in the row tells.
    letter_files.keep(letter_folder, letter.file_name("pdf"), b"other words")
    with pytest.raises(LetterAltered, match="不一致"):
        actions.open_letter(letter, "pdf", by=CLERK, at=AT)
    with pytest.raises(FileExistsError):
        letter_files.keep(letter_folder, letter.file_name("pdf"), b"once more")
    assert oct(os.stat(path).st_mode & 0o777) == "0o600"
    assert letter_files.reseal(letter_folder, letter.file_name("docx")) is False


def test_opening_is_recorded(water):
    letter = make_letter(water)
    data = actions.open_letter(letter, "docx", by=CLERK, at=AT)
    assert data.startswith(b"PK")
    event = Event.objects.latest("pk")
    assert (event.verb, event.target, event.chain) == ("letters.open", letter.record_id, water.code)


def test_a_preview_is_a_draft_without_number_and_writes_nothing(water, letter_folder):
    made = actions.preview(water, kind=LetterKind.NOT_HELD, values=values(), on=ON)
    text = pdf_text(made.pdf)
    assert "靖水公复〔2026〕号（待编号）" in text
    assert seal().verify(made.pdf) is None
    header = Document(BytesIO(made.docx)).sections[0].header.paragraphs[0].text
    assert header.startswith("草稿")
    assert not Letter.objects.exists()
    assert not LetterSeries.objects.exists()
    assert not list(letter_folder.rglob("*.sealed"))


def test_a_provisional_date_is_never_a_date_in_a_letter(water):
    due = Due(date(2027, 2, 9), provisional=True, days=30)
    sample = values(reason="需要核实", days=10, due=due)
    letter = make_letter(water, LetterKind.EXTENSION, values=sample)
    text = pdf_text(queries.content(letter, "pdf")).replace("\n", "")
    assert "2027年" not in text
    assert "自收到申请之日起30个工作日内答复" in text


def test_what_an_organ_must_have_said_before(county):
    with pytest.raises(ProfileMissing, match="人民法院"):
        make_letter(county.water)
    make_profile(county.water)
    make_profile(county.county, number_prefix="靖府", court="宜春市中级人民法院")
    with pytest.raises(ProfileMissing, match="行政复议机关"):
        make_letter(county.county)
    for bad, field in (
        ({"number_prefix": ""}, "number_prefix"),
        ({"court": "靖安县法庭"}, "court"),
        ({"postcode": "33060"}, "postcode"),
        ({"contact_phone": "0" * 41}, "contact_phone"),
    ):
        with pytest.raises(ProfileMissing) as refused:
            make_profile(county.water, **bad)
        assert refused.value.field == field


def test_a_letter_that_the_law_did_not_know_yet_is_refused(water):
    with pytest.raises(LetterRefused, match="2021年1月1日"):
        make_letter(water, LetterKind.FEE, values=sample_for(LetterKind.FEE), on=date(2020, 12, 31))


@pytest.mark.parametrize("kind", LetterKind, ids=lambda kind: kind.value)
def test_every_kind_renders(water, kind):
    sample = sample_for(kind)
    made = rendering.render(
        rendering.drafted(water, kind, sample, ON), "靖水〔2026〕1号", sealed=False
    )
    with pdfplumber.open(BytesIO(made.pdf)) as pdf:
        assert 1 <= len(pdf.pages) <= 3
        words = "".join(page.extract_text() or "" for page in pdf.pages)
    assert "璪" in words or kind is LetterKind.OTHER_ORGAN
    assert "靖安县水利局" in words
    assert not set(words) & set("{}%")
    assert ("行政复议" in words) == (kind.telling.value != "NONE")


# ---- templates of an office


def reworded(kind=LetterKind.NOT_HELD, **changes):
    """Return the shipped template with words changed in its paragraphs."""
    document = Document(BytesIO(queries.shipped_template(kind)))
    for paragraph in document.paragraphs:
        for old, new in changes.items():
            if old in paragraph.text:
                paragraph.runs[0].text = paragraph.text.replace(old, new)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_line(line):
    document = Document(BytesIO(queries.shipped_template(LetterKind.NOT_HELD)))
    document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def upload(organ, docx, kind=LetterKind.NOT_HELD, day=ON, name="本局模板.docx"):
    return actions.upload_template(
        organ, kind=kind, docx=docx, name=name, valid_from=day, by=CLERK, at=AT
    )


def test_an_office_rewords_its_letter(water, county):
    upload(water, reworded(现告知如下="现依法告知你如下"))
    assert "现依法告知你如下" in pdf_text(
        queries.content(make_letter(water, LetterKind.NOT_HELD), "pdf")
    ).replace("\n", "")
    make_profile(county.finance, number_prefix="靖财")
    other = make_letter(county.finance, LetterKind.NOT_HELD)
    assert "现依法告知" not in pdf_text(queries.content(other, "pdf"))


def test_the_countys_template_serves_all_until_it_ends(water, county):
    row = upload(county.county, reworded(现告知如下="县里统一告知如下"))
    assert queries.template_in_force(water, LetterKind.NOT_HELD, ON).row == row
    own = upload(water, reworded(现告知如下="本局告知如下"), day=ON + timedelta(3))
    assert queries.template_in_force(water, LetterKind.NOT_HELD, ON).row == row
    assert queries.template_in_force(water, LetterKind.NOT_HELD, ON + timedelta(3)).row == own
    actions.retire_template(own, on=ON + timedelta(5), by=CLERK, at=AT)
    assert queries.template_in_force(water, LetterKind.NOT_HELD, ON + timedelta(5)).row == row
    with pytest.raises(LetterRefused, match="已经停用"):
        actions.retire_template(own, on=ON, by=CLERK, at=AT)
    with pytest.raises(LetterRefused, match="不得早于"):
        upload(county.county, reworded(), day=ON - timedelta(1))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{{ 申请人电话 }}", "不认识的填写项：“申请人电话”"),
        ("{{ ''.__class__ }}", "只能使用填写项"),
        ("{{ 文号.__class__.__mro__ }}", "只能使用填写项"),
        ("{{ 文号|upper }}", "写法不对|只能使用填写项"),
        ("{{ range(9) }}", "只能使用填写项"),
        ("{{ 文号 * 99999999 }}", "只能使用填写项"),
        ("{% set 甲 = 1 %}", "只能使用填写项"),
        ("{% include 'x' %}", "只能使用填写项"),
        ("{% for 甲 in '一二三' %}{{ 甲 }}{% endfor %}", "直接写一个填写项"),
        ("{{ 文号 }", "写法不对"),
        ("{% if 文号 %}", "写法不对"),
    ],
)
def test_what_a_template_must_not_say(water, line, message):
    with pytest.raises(TemplateRefused, match=message) as refused:
        upload(water, with_line(line))
    assert refused.value.field == "docx"
    assert not LetterTemplate.objects.exists()


def test_a_template_must_leave_room_for_number_and_remedies(water):
    with pytest.raises(TemplateRefused, match="“文号”"):
        upload(water, reworded(**{"{{ 文号 }}": "靖水1号"}))


def package(**members):
    source = zipfile.ZipFile(BytesIO(queries.shipped_template(LetterKind.NOT_HELD)))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in members:
                target.writestr(name, source.read(name))
        for name, data in members.items():
            target.writestr(name, data)
    return out.getvalue()


RELS = "word/_rels/document.xml.rels"
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://evil/x" '
    'TargetMode="External"/></Relationships>'
)
ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("docx", "message"),
    [
        (lambda: b"%PDF-1.7", "不能读取"),
        (lambda: b"x" * (3 << 20), "2MB"),
        (lambda: package(**{"word/vbaProject.bin": b"x"}), "宏"),
        (lambda: package(**{"word/embeddings/a.xlsx": b"x"}), "嵌入"),
        (lambda: package(**{RELS: LINK}), "外部链接"),
        (lambda: package(**{"word/document.xml": ENTITY}), "不能读取"),
        (lambda: package(**{"word/media/a.png": b"0" * (17 << 20)}), "不能读取"),
        (lambda: package(**{f"word/a{n}.bin": b"" for n in range(300)}), "不能读取"),
        (lambda: package(**{"word/document.xml": "<x>" * 100_000}), "不能读取"),
    ],
)
def test_hostile_files_are_refused(water, docx, message):
    with pytest.raises(TemplateRefused, match=message):
        upload(water, docx())


def test_placeholders_outside_the_body_are_refused(water):
    document = Document(BytesIO(queries.shipped_template(LetterKind.NOT_HELD)))
    document.sections[0].header.paragraphs[0].text = "{{ 收件人 }}"
    out = BytesIO()
    document.save(out)
    with pytest.raises(TemplateRefused, match="页眉"):
        upload(water, out.getvalue())


def test_hostile_values_are_only_words(water):
    nasty = "<w:p>&{{ 7*7 }}{% for %}\x07\x0c\x00#strong[x]\\"
    letter = make_letter(water, LetterKind.NOT_HELD, values=values(recipient=nasty, asked=nasty))
    text = pdf_text(queries.content(letter, "pdf"))
    assert "<w:p>&{{ 7*7 }}{% for %}#strong[x]\\：" in text.replace("\n", "")


def test_no_letter_error_is_nameless():
    assert issubclass(ProfileMissing, LetterError)
    assert LetterError("话", field="f").field == "f"
