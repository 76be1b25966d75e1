"""Reading letters: the organ's words, the template in force, the register, the frozen files.

Other chapters take the types and wording of letters from here: LetterKind, LetterValues,
Told, Due, answer_kind, and the standard sentences (`sentence`, `facts_of`, `numbered`).
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from gongkai.adapters import letter_docx_layout, letter_files
from gongkai.adapters.letter_text import PartRole
from gongkai.letters.lifecycle import LetterState
from gongkai.letters.models import Letter, LetterProfile, LetterSeries, LetterTemplate
from gongkai.letters.rules.answers import (
    ANSWERS,
    FEE_UNPAID,
    NOT_SUPPLEMENTED,
    Answer,
    Fact,
    cite,
    facts_of,
    fill_answer,
    numbered,
    sentence,
)
from gongkai.letters.rules.errors import (
    LetterAltered,
    LetterError,
    LetterIncomplete,
    LetterRefused,
    ProfileMissing,
    TemplateRefused,
)
from gongkai.letters.rules.kinds import LetterKind, Telling, answer_kind
from gongkai.letters.rules.remedies import (
    Instances,
    Told,
    default_reconsideration_body,
    remedy_paragraphs,
)
from gongkai.letters.rules.shipped import shipped
from gongkai.letters.rules.terms import Due, due_words, shortened
from gongkai.letters.rules.values import LetterValues, item_label
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import name_on

__all__ = [
    "ANSWERS",
    "FEE_UNPAID",
    "NOT_SUPPLEMENTED",
    "Answer",
    "Due",
    "Fact",
    "Letter",
    "LetterAltered",
    "LetterError",
    "LetterIncomplete",
    "LetterKind",
    "LetterRefused",
    "LetterState",
    "LetterValues",
    "ProfileMissing",
    "Telling",
    "TemplateRefused",
    "Told",
    "answer_kind",
    "cite",
    "due_words",
    "facts_of",
    "fill_answer",
    "item_label",
    "numbered",
    "sentence",
    "shortened",
]
FORMS = ("pdf", "docx")
# Who opens a letter's files, which show personal data; who sees the register, which names none.
OPENERS = frozenset(
    {
        *(Role.OGI_OFFICE, Role.OGI_HEAD, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK),
        Role.REQUEST_HANDLER,
    }
)
VIEWERS = OPENERS | {Role.REVIEWER, Role.LEADER}


@dataclass(frozen=True, slots=True)
class ProfileWords:
    """What an organ prints on its letters on a day, blanks filled from its own record."""

    title: str
    number_prefix: str
    instances: Instances
    contact: str
    seal_name: str


@dataclass(frozen=True, slots=True)
class TemplateInForce:
    """The template that serves an organ for a kind: its bytes, and the row if an office has one."""

    docx: bytes
    sha256: str
    row: LetterTemplate | None


def profile_words(organ: Organ, on: date) -> ProfileWords:
    """Return what `organ` prints on letters of the day `on`; at most three queries."""
    profile = LetterProfile.objects.filter(pk=organ.pk).first() or LetterProfile(organ=organ)
    title = profile.full_title or name_on(organ, on)
    return ProfileWords(
        title=title,
        number_prefix=profile.number_prefix,
        instances=Instances(
            reconsideration_body=profile.reconsideration_body or usual_reviewer(organ, on),
            court=profile.court,
            online=profile.reconsideration_online,
        ),
        contact=_contact(profile, organ),
        seal_name=profile.seal_name or title,
    )


def usual_reviewer(organ: Organ, on: date) -> str:
    """Return the usual reconsideration body of an organ; empty when it must be set by hand."""
    county = organ.county
    return default_reconsideration_body(
        OrganKind(organ.kind).value,
        county_name=name_on(county, on) if county is not None else "",
        answered_on=on,
    )


def remedies_of_letter(
    organ: Organ,
    kind: LetterKind,
    items: Iterable[Told],
    *,
    on: date,
    served_online: bool = False,
) -> tuple[str, ...]:
    """Return the remedy paragraphs that a letter of `organ` would bear; raises ProfileMissing."""
    instances = profile_words(organ, on).instances
    return remedy_paragraphs(
        kind, tuple(items), answered_on=on, instances=instances, served_online=served_online
    )


def template_in_force(organ: Organ, kind: LetterKind, on: date) -> TemplateInForce:
    """Return the organ's own template of the day, else the county's, else the shipped one."""
    owners = [pk for pk in (organ.pk, organ.county_id) if pk is not None]
    rows = LetterTemplate.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        organ_id__in=owners,
        kind=kind.value,
        valid_from__lte=on,
    )
    found = sorted(rows, key=lambda row: (owners.index(row.organ_id), -row.valid_from.toordinal()))
    if found:
        return TemplateInForce(bytes(found[0].docx), found[0].sha256, found[0])
    data = shipped_template(kind)
    return TemplateInForce(data, hashlib.sha256(data).hexdigest(), None)


@lru_cache(maxsize=len(LetterKind))
def shipped_template(kind: LetterKind) -> bytes:
    """Return the shipped template of a kind as a docx file; built once in a process."""
    parts: list[letter_docx_layout.Line | letter_docx_layout.Grid] = []
    for part in shipped(kind):
        if len(part) == 2:
            parts.append(letter_docx_layout.Line(PartRole(part[0]), part[1]))
        else:
            parts.append(letter_docx_layout.Grid(*part))
    return letter_docx_layout.build(parts)


def letter_folder() -> Path:
    """Return where the files of letters lie."""
    return Path(settings.GONGKAI_LETTER_DIR)


def content(letter: Letter, form: str) -> bytes:
    """Return the frozen file of a letter, "pdf" or "docx", proved by its hash.

    Showing it to a person is `actions.open_letter`, which records who saw it.

    Raises:
        LetterAltered: the file is lost, does not open, or is not what was issued.
    """
    expected = {"pdf": letter.pdf_sha256, "docx": letter.docx_sha256}[form]
    try:
        data = letter_files.fetch(letter_folder(), letter.file_name(form))
    except letter_files.LetterFileLost as error:
        raise LetterAltered(str(error)) from None
    if hashlib.sha256(data).hexdigest() != expected:
        raise LetterAltered(
            f"“{letter}”的文件与签发时不一致，已停止提供，请联系系统管理员从备份恢复"
        )
    return data


def letters_about(about: str) -> QuerySet[Letter]:
    """Return every letter of a case, cancelled ones too, in the order of issue."""
    return Letter.objects.filter(about=about).select_related("organ").order_by("issued_at", "pk")


def register(
    organ_ids: Collection[int],
    *,
    kind: LetterKind | None = None,
    year: int | None = None,
    state: LetterState | None = None,
) -> QuerySet[Letter]:
    """Return the register of letters of these organs, newest numbers first."""
    found = Letter.objects.filter(organ_id__in=organ_ids).select_related("organ")
    if kind is not None:
        found = found.filter(kind=kind.value)
    if year is not None:
        found = found.filter(year=year)
    if state is not None:
        found = found.filter(state=state)
    return found


def register_years(organ_ids: Collection[int]) -> list[int]:
    """Return the years in which these organs issued letters, newest first."""
    years = Letter.objects.filter(organ_id__in=organ_ids).order_by().values_list("year", flat=True)
    return sorted(set(years.distinct()), reverse=True)


def gaps(organ_ids: Collection[int] | None = None) -> list[str]:
    """Return every number that was given but has no letter, as words; none is the rule."""
    series = LetterSeries.objects.select_related("organ")
    if organ_ids is not None:
        series = series.filter(organ_id__in=organ_ids)
    missing: list[str] = []
    for each in series:
        held = set(
            Letter.objects.filter(
                organ_id=each.organ_id, word=each.word, year=each.year
            ).values_list("serial", flat=True)
        )
        wanted = set(range(1, each.last + 1))
        missing += [f"{each}{serial}号" for serial in sorted(wanted ^ held)]
    return missing


def _contact(profile: LetterProfile, organ: Organ) -> str:
    told = (
        ("联系机构", profile.contact_office),
        ("电话", profile.contact_phone or organ.phone),
        ("地址", profile.contact_address or organ.address),
        ("邮编", profile.postcode),
    )
    return "；".join(f"{label}：{value}" for label, value in told if value)


def letters_to_reseal() -> int:
    """Return how many letters have a file that is not sealed with the key of now, or is lost."""
    return sum(1 for letter in Letter.objects.iterator() if is_outdated(letter))


def is_outdated(letter: Letter) -> bool:
    """Say whether a file of a letter is not sealed with the key of now; a lost one counts too."""
    try:
        return any(letter_files.is_outdated(letter_folder(), letter.file_name(f)) for f in FORMS)
    except letter_files.LetterFileLost:
        return True
