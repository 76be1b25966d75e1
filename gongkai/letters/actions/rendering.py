"""Making the files of a letter: values and template into docx, docx into PDF, seal on it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from gongkai.adapters import letter_docx, letter_pdf
from gongkai.adapters.report_pdf import NoChineseFont
from gongkai.adapters.seal import NoSeal, Seal, SealUnknown, seal
from gongkai.letters import queries
from gongkai.letters.queries import ProfileWords
from gongkai.letters.rules.errors import LetterError, LetterRefused, TemplateRefused
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.rules.remedies import remedy_paragraphs
from gongkai.letters.rules.values import LetterValues, OrganWords, check_complete, context
from gongkai.orgs.models import Organ
from gongkai.statute.days import written


@dataclass(frozen=True)
class Rendered:
    """Both files of a letter, and the hash of the template they came from."""

    docx: bytes
    pdf: bytes
    template_sha256: str


@dataclass(frozen=True)
class Draft:
    """A letter ready to be rendered: all that is known but its number."""

    organ: Organ
    kind: LetterKind
    values: LetterValues
    on: date
    profile: ProfileWords
    remedies: tuple[str, ...]


def drafted(organ: Organ, kind: LetterKind, values: LetterValues, on: date) -> Draft:
    """Return what a letter will say, checked.

    Raises:
        LetterRefused: the law did not know this letter on that day.
        LetterIncomplete, ProfileMissing: something that it must tell is missing.
    """
    if on < kind.valid_from:
        raise LetterRefused(
            f"“{kind.label}”自{written(kind.valid_from)}起使用，成文日期不得早于该日", field="on"
        )
    check_complete(kind, values)
    profile = queries.profile_words(organ, on)
    remedies = remedy_paragraphs(
        kind,
        values.outcomes,
        answered_on=on,
        instances=profile.instances,
        served_online=values.served_online,
    )
    return Draft(organ, kind, values, on, profile, remedies)


def render(draft: Draft, number: str, *, sealed: bool, as_draft: bool = False) -> Rendered:
    """Return the files of a letter under its number.

    Raises:
        TemplateRefused: the office's template does not fill.
        LetterError: no Chinese font, or no usable seal.
    """
    template = queries.template_in_force(draft.organ, draft.kind, draft.on)
    docx = filled(template.docx, draft, number, as_draft=as_draft)
    stamper = _seal() if sealed else NoSeal()
    pdf = typeset(docx, draft, number, stamper=stamper, as_draft=as_draft)
    return Rendered(docx, pdf, template.sha256)


def filled(template: bytes, draft: Draft, number: str, *, as_draft: bool = False) -> bytes:
    """Return a template filled with a draft's words; raises TemplateRefused."""
    own = OrganWords(draft.profile.title, number, draft.on, draft.profile.contact, draft.remedies)
    words = context(draft.kind, draft.values, own)
    try:
        return letter_docx.fill(template, words, title=_title(draft, number), draft=as_draft)
    except letter_docx.TemplateFault as error:
        raise TemplateRefused(str(error), field="docx") from None


def typeset(
    docx: bytes, draft: Draft, number: str, *, stamper: Seal, as_draft: bool = False
) -> bytes:
    """Return the PDF of a filled letter with its seal; raises LetterError without a font."""
    try:
        pdf = letter_pdf.render(
            letter_docx.read(docx),
            title=_title(draft, number),
            author=draft.profile.title,
            day=draft.on,
            draft=as_draft,
            stamp=stamper.drawn_name(draft.profile.seal_name),
            font_dir=Path(settings.GONGKAI_FONT_DIR),
        )
    except NoChineseFont as error:
        raise LetterError(str(error)) from None
    return stamper.sign(pdf, organ=draft.profile.seal_name, reason=draft.kind.label)


def _seal() -> Seal:
    try:
        return seal()
    except SealUnknown as error:
        raise LetterError(str(error)) from None


def _title(draft: Draft, number: str) -> str:
    return f"{draft.profile.title}{draft.kind.title} {number}".strip()
