"""Uploading an office's own template and retiring one; a template is never changed in place."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from gongkai.adapters import letter_docx_checks
from gongkai.adapters.letter_docx import TemplateFault
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.letters.actions.issuing import try_out
from gongkai.letters.actions.rendering import Draft
from gongkai.letters.models import LetterTemplate
from gongkai.letters.queries import ProfileWords
from gongkai.letters.rules.errors import LetterRefused, TemplateRefused
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.rules.remedies import Instances, remedy_paragraphs
from gongkai.letters.rules.values import KNOWN, sample_for
from gongkai.orgs.models import Organ

LONGEST_NAME = 200
_MUST_SAY = ("文号", "收件人", "成文日期")


def upload_template(
    organ: Organ,
    *,
    kind: LetterKind,
    docx: bytes,
    name: str,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> LetterTemplate:
    """Put an organ's own template of a kind in force from a day; the one before ends that day.

    It is checked as a stranger's file and filled once with made-up values.

    Raises:
        TemplateRefused: it cannot be used; the message names what to mend.
        LetterRefused: a later template is in force already.
    """
    check_template(kind, docx, on=max(valid_from, kind.valid_from))
    with transaction.atomic():
        return _put_in_force(organ, kind, docx, name, valid_from, by, at)


def check_template(kind: LetterKind, docx: bytes, *, on: date) -> None:
    """Judge a template of a kind; raises TemplateRefused with what to mend."""
    try:
        letter_docx_checks.check_package(docx)
        asked = letter_docx_checks.check_words(docx, KNOWN)
    except TemplateFault as error:
        raise TemplateRefused(str(error), field="docx") from None
    wanted = [word for word in _MUST_SAY if kind.numbered or word != "文号"]
    if kind.telling.value != "NONE":
        wanted.append("救济告知")
    if missing := [word for word in wanted if word not in asked]:
        names = "、".join(f"“{word}”" for word in missing)
        raise TemplateRefused(f"公文模板缺少填写项：{names}，请补上后重新上传", field="docx")
    try_out(docx, _sample(kind, on))


@transaction.atomic
def retire_template(template: LetterTemplate, *, on: date, by: Actor, at: datetime) -> None:
    """End a template on a day (exclusive); after it the county's or the shipped one serves.

    Raises:
        LetterRefused: it has ended already, or the day lies before its beginning.
    """
    held = LetterTemplate.objects.select_for_update().select_related("organ").get(pk=template.pk)
    if held.valid_to is not None:
        raise LetterRefused("这个模板已经停用，不能再次停用")
    _end(held, on)
    record(
        "letters.retire_template",
        f"letters.template:{held.pk}",
        chain=held.organ.code,
        by=by,
        at=at,
        label=str(held),
        after={"valid_to": on, "template_sha256": held.sha256},
    )


def _put_in_force(
    organ: Organ,
    kind: LetterKind,
    docx: bytes,
    name: str,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> LetterTemplate:
    rows = LetterTemplate.objects.select_for_update()
    before = rows.filter(organ=organ, kind=kind.value, valid_to__isnull=True).first()
    if before is not None:
        _end(before, valid_from)
    made = LetterTemplate.objects.create(
        organ=organ,
        kind=kind.value,
        valid_from=valid_from,
        docx=docx,
        sha256=hashlib.sha256(docx).hexdigest(),
        name=name[-LONGEST_NAME:],
        uploaded_by=by.name,
        uploaded_by_account=by.account,
        uploaded_at=at,
    )
    record(
        "letters.upload_template",
        f"letters.template:{made.pk}",
        chain=organ.code,
        by=by,
        at=at,
        label=str(made),
        after={
            "letter_kind": kind.value,
            "valid_from": valid_from,
            "template_sha256": made.sha256,
        },
    )
    return made


def _end(template: LetterTemplate, on: date) -> None:
    if on < template.valid_from:
        raise LetterRefused(
            f"现用模板自{template.valid_from:%Y-%m-%d}起启用，日期不得早于该日", field="valid_from"
        )
    template.valid_to = on
    template.save(update_fields=["valid_to"])


def _sample(kind: LetterKind, on: date) -> Draft:
    instances = Instances("靖安县人民政府", "靖安县人民法院")
    values = sample_for(kind)
    remedies = remedy_paragraphs(kind, values.outcomes, answered_on=on, instances=instances)
    profile = ProfileWords("靖安县水利局", "靖水", instances, "联系机构：办公室", "靖安县水利局")
    return Draft(Organ(), kind, values, on, profile, remedies)
