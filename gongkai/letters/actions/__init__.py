"""The verbs of letters: issue, preview, cancel, open; profiles of organs; own templates."""

from gongkai.letters.actions.issuing import Rendered, cancel, issue, open_letter, preview
from gongkai.letters.actions.keys import reseal
from gongkai.letters.actions.profiles import ProfileFields, set_profile
from gongkai.letters.actions.templates import retire_template, upload_template
from gongkai.letters.rules.errors import (
    LetterAltered,
    LetterError,
    LetterIncomplete,
    LetterRefused,
    ProfileMissing,
    TemplateRefused,
)

__all__ = [
    "LetterAltered",
    "LetterError",
    "LetterIncomplete",
    "LetterRefused",
    "ProfileFields",
    "ProfileMissing",
    "Rendered",
    "TemplateRefused",
    "cancel",
    "issue",
    "open_letter",
    "preview",
    "reseal",
    "retire_template",
    "set_profile",
    "upload_template",
]
