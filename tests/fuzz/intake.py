"""The machine intake as a reader: JSON handed over by key, in-process, against a real database."""

from collections.abc import Callable
from functools import cache

from django.db import transaction

from tests.fuzz import sheets
from tests.fuzz.readers import Reader, polite
from tests.fuzz.shapes import Sample
from tests.fuzz.words import JSON

_ADDRESS = "/api/v1/fuzz/hotline/orders"


def _prepare() -> None:
    from django.db import connection
    from django.test.utils import setup_test_environment

    from tests import migrated

    setup_test_environment()
    migrated.copy_it()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    _opened()


@cache
def _opened() -> tuple[str, Callable[..., object]]:
    """Return the key of an open intake and a client."""
    from django.test import Client

    from gongkai.hotline import actions
    from gongkai.hotline.tests.factories import ME, RECEIVED_ON, an_organ, moment
    from gongkai.orgs.models import OrganKind

    home = an_organ("fuzz", kind=OrganKind.COUNTY_GOVERNMENT)
    office = an_organ("office", kind=OrganKind.OFFICE, county=home)
    _, key = actions.open_client(office, name="市热线平台", by=ME, at=moment(RECEIVED_ON, 10))
    return key, Client(raise_request_exception=True).post


def _order(sample: Sample, data: bytes) -> bool:
    from django.core.cache import cache as pace

    key, post = _opened()
    pace.clear()
    with transaction.atomic():
        answer = post(
            _ADDRESS,
            data,
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "fuzz"},
        )
        transaction.set_rollback(True)
    if answer.status_code not in (200, 201):
        assert answer.status_code in (400, 409, 413, 422), answer.status_code
        polite(answer.json()["detail"])
    return answer.status_code in (200, 201)


INTAKE = {
    "intake": Reader("intake", sheets.orders_told, _order, JSON, prepare=_prepare),
}
