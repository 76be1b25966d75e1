"""Secrets of second factors at rest: sealed (ADR 0014), and sealed anew when keys change.

They stand in allauth's JSON, which tells no row when it asks for sealing: a token is bound to
its kind only.
"""

import base64
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from gongkai.adapters.cipher import keyring

_PLACE = "mfa.authenticator.secret"
_FIELDS = ("secret", "seed")  # of an app, of spare codes


def seal_secret(text: str) -> str:
    """Return the text sealed, as base64."""
    return base64.b64encode(keyring().seal(text.encode(), aad=_PLACE)).decode("ascii")


def open_secret(sealed: str) -> str:
    """Return what was sealed.

    Raises:
        CannotOpen: it is none of ours, or its key is not here.
    """
    return keyring().open(base64.b64decode(sealed), aad=_PLACE).decode()


def secrets_to_reseal() -> int:
    """Return how many second factors wait for the key of now."""
    return sum(_waits(row) for row in _with_secrets())


def reseal_secrets(batch: int, *, at: datetime) -> int:
    """Seal up to `batch` secrets with the key of now; return how many."""
    waiting = [row.pk for row in _with_secrets() if _waits(row)][:batch]
    with transaction.atomic():
        for row in _with_secrets().select_for_update().filter(pk__in=waiting):
            for field in _FIELDS:
                if field in row.data:
                    row.data[field] = seal_secret(open_secret(row.data[field]))
            row.save(update_fields=["data"])
    return len(waiting)


def _with_secrets() -> QuerySet[Authenticator]:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    return Authenticator.objects.filter(type__in=kinds).order_by("pk")


def _waits(row: Authenticator) -> bool:
    tokens = [base64.b64decode(row.data[field]) for field in _FIELDS if field in row.data]
    return any(keyring().needs_rotation(token) for token in tokens)
