"""What the chapter refuses, as one small tree.

    RequestError
    ├── Refused       the law or the state of the case stands against the act
    └── BadAct        the act is told wrongly: a field, a day, an item
        └── AlreadyAsked  the same requester has just asked the same

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


class AlreadyAsked(BadAct):
    """The same request of the same requester is still open; `number` is for staff alone."""

    def __init__(self, number: str) -> None:
        super().__init__(
            "您在三十日内已经提交过内容相同的申请，正在办理，不必重复提交；"
            "确需再次提交的，请选择“仍要提交”",
            "again",
        )
        self.number = number
