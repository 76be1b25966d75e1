"""What letters refuse.

LetterError                 any refusal; `field` names the form's field, the message the remedy
├── LetterIncomplete        something that the law wants told is missing
├── ProfileMissing          the organ's letter profile lacks what this letter needs
├── TemplateRefused         a template that cannot be used
├── LetterRefused           an act that the rules stand against
└── LetterAltered           a frozen file is not what it was, or is lost
"""


class LetterError(ValueError):
    """A letter cannot be made, kept or changed so; the message is for the user."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class LetterIncomplete(LetterError):
    """Something that this kind of letter must tell is missing."""


class ProfileMissing(LetterError):
    """The organ has not said its number prefix, court or the like."""


class TemplateRefused(LetterError):
    """A template that cannot be used."""


class LetterRefused(LetterError):
    """An act that the rules stand against."""


class LetterAltered(LetterError):
    """The kept file of a letter differs from what was issued, or is gone."""
