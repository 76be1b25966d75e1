"""What the chapter refuses, as one small tree.

    RequestError
    ├── Refused       the law or the state of the case stands against the act
    └── BadAct        the act is told wrongly: a field, a day, an item

Messages are Chinese, name the field or the article, and say what to do.
"""


class RequestError(Exception):
    """The root of everything that disclosure upon request refuses."""


class Refused(RequestError):
    """An act that the law or the state of the case does not allow."""


class BadAct(RequestError):
    """An act whose own data cannot be used; `field` names the form field at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
