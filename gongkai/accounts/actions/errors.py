"""What a verb about accounts and sign-in refuses.

AccountError            its `field` names the input at fault, its text the remedy
├── BadAccountName      the sign-in name is malformed or taken
├── BadPassword         the password is too weak, used before, or the old one is wrong
├── BadNetwork          no network, there already, or one would shut oneself out
├── BadSignOn           the number of the single sign-on is missing or taken
└── BadState            the account is closed or open already, or it is one's own
"""


class AccountError(ValueError):
    """An act on an account that is refused; `field` names the input at fault."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class BadAccountName(AccountError):
    """The sign-in name is malformed or taken."""


class BadPassword(AccountError):
    """The password is too weak, used before, or the old one is wrong."""


class BadNetwork(AccountError):
    """No network, there already, or one would shut oneself out."""


class BadSignOn(AccountError):
    """The number of the single sign-on is missing or taken."""


class BadState(AccountError):
    """The account is closed or open already, or it is one's own."""
