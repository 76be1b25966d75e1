"""The open interface as its description tells it: whatever is asked, no 500, and it conforms."""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gongkai.hotline import actions as hotline
from gongkai.hotline.tests.factories import ME, RECEIVED_ON, moment
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db
_LANDING = os.environ.get("GONGKAI_EXAMPLES") == "landing"
EXAMPLES = int(os.environ.get("GONGKAI_API_EXAMPLES") or (2 if _LANDING else 8))
_CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def place():
    cache.clear()
    return open_county()


def operations() -> Iterator[object]:
    """Yield what the description names."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for found in schema.get_all_operations():
        yield found.ok()


def test_every_path_of_the_interface(place):
    _, key = hotline.open_client(place.county, name="市热线平台", by=ME, at=moment(RECEIVED_ON, 10))
    slugs = st.from_regex(r"[-a-zA-Z0-9_]{1,40}", fullmatch=True)
    known = st.sampled_from(["jingan"] * 3 + ["elsewhere"]) | slugs
    names = [_tried(operation, key, known) for operation in operations()]
    assert len(names) >= 7
    assert any("hotline" in name for name in names)


def _tried(operation, key: str, known: st.SearchStrategy) -> str:
    @settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), county=known, signed=st.booleans())
    def tried(case, county, signed):
        # What is no slug and no number is no address of the interface: the site's 404 answers.
        told = {"county": county, "pk": abs(int((case.path_parameters or {}).get("pk", 0)))}
        case.path_parameters = {name: told[name] for name in case.path_parameters or {}}
        if signed and "hotline" in operation.path:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {key}"}
        cache.clear()  # the pace of a machine that asks too often is tried elsewhere
        response = case.call()
        assert response.status_code < 500
        case.validate_response(response, checks=_CHECKS)

    tried()
    return operation.path
