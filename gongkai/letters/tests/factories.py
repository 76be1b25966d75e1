"""An organ that can write letters, and what it writes."""

from datetime import UTC, date, datetime
from typing import Any

from gongkai.audit import Actor
from gongkai.letters.actions import ProfileFields, issue, set_profile
from gongkai.letters.models import Letter
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.rules.remedies import Told
from gongkai.letters.rules.values import LetterValues
from gongkai.orgs.models import Organ
from gongkai.statute.grounds import Ground

AT = datetime(2026, 3, 27, 2, 0, tzinfo=UTC)
ON = date(2026, 3, 27)
CLERK = Actor("water", "水利经办人", "水利局依申请公开经办人")
PROFILE = ProfileFields(
    number_prefix="靖水", court="靖安县人民法院", contact_office="靖安县水利局办公室"
)


def make_profile(organ: Organ, **given: Any) -> None:
    """Give an organ a letter profile."""
    fields = {**PROFILE.__dict__, **given}
    set_profile(organ, ProfileFields(**fields), by=CLERK, at=AT)


def values(**given: Any) -> LetterValues:
    """Return the values of an answer that withholds for a third party."""
    fields: dict[str, Any] = {
        "recipient": "张璪",
        "request_number": "360925012-2026-0007",
        "received_words": "2026年3月2日",
        "asked": "2025年度小型水库除险加固工程的项目清单",
        "paragraphs": ("经审查，决定不予公开。",),
        "outcomes": (Told("", Ground.THIRD_PARTY_RIGHTS),),
    }
    return LetterValues(**{**fields, **given})


def make_letter(organ: Organ, kind: LetterKind = LetterKind.THIRD_PARTY_RIGHTS, **given: Any):
    """Issue a letter of an organ about a made-up case; return it."""
    told = {
        "about": "inforequests:0000",
        "on": ON,
        "by": CLERK,
        "at": AT,
        "values": given.pop("values", None) or values(),
        **given,
    }
    letter: Letter = issue(organ, kind=kind, **told)
    return letter
