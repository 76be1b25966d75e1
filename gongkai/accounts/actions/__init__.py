"""Every write to accounts and sign-in: one verb, one transaction, one event in the system's chain.

`people` opens and closes accounts, `passwords` changes passwords, `signing_in` tells who came and
went and keeps the sessions, `security` is the security administrator's work, `secrets` seals.
"""

from gongkai.accounts.actions.errors import (
    AccountError,
    BadAccountName,
    BadNetwork,
    BadPassword,
    BadSignOn,
    BadState,
)
from gongkai.accounts.actions.passwords import change_password, reset_password
from gongkai.accounts.actions.people import create_user, deactivate, reactivate
from gongkai.accounts.actions.secrets import (
    open_secret,
    reseal_secrets,
    seal_secret,
    secrets_to_reseal,
)
from gongkai.accounts.actions.security import (
    allow_network,
    link_sign_on,
    note_second_factor,
    reset_second_factor,
    sign_on_providers,
    unlink_sign_on,
    unlock,
    withdraw_network,
)
from gongkai.accounts.actions.signing_in import (
    keep_session,
    lock_out,
    mark_seen,
    refuse_sign_in,
    sign_in,
    sign_out,
    sign_out_elsewhere,
)

__all__ = [
    "AccountError",
    "BadAccountName",
    "BadNetwork",
    "BadPassword",
    "BadSignOn",
    "BadState",
    "allow_network",
    "change_password",
    "create_user",
    "deactivate",
    "keep_session",
    "link_sign_on",
    "lock_out",
    "mark_seen",
    "note_second_factor",
    "open_secret",
    "reactivate",
    "refuse_sign_in",
    "reseal_secrets",
    "reset_password",
    "reset_second_factor",
    "seal_secret",
    "secrets_to_reseal",
    "sign_in",
    "sign_on_providers",
    "sign_out",
    "sign_out_elsewhere",
    "unlink_sign_on",
    "unlock",
    "withdraw_network",
]
