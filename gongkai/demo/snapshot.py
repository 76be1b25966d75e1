"""A snapshot of the replayed year: every row as JSON, compressed, loaded in bulk.

The demo's requesters are invented and stand in it unsealed: keys differ from one machine to
the next, so they are sealed on loading with the keys of where they are loaded.

Loading takes the rows as they are, so audit chains stay whole; a replay takes the long
way through the verbs. A test proves that both give one report hash.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from gongkai.annualreport.queries import report_to_show
from gongkai.demo.county import COUNTY_CODE, YEAR
from gongkai.inforequests.actions import RequesterDetails, write_requester
from gongkai.inforequests.models import InfoRequest, Requester
from gongkai.orgs.actions import sync_groups

PATH = Path(__file__).with_name("snapshot-2020.json.gz")
APPS = (
    "accounts",
    "orgs",
    "calendars",
    "disclosure",
    "registers",
    "policy",
    "inforequests",
    "remedies",
    "annualreport",
    "portal",
    "audit",
    "outbox",
)
# Wagtail's rows under the portal's pages, and memberships of groups.
FURTHER = ("wagtailcore.Page", "wagtailcore.Site")


def tables() -> Iterator[type[models.Model]]:
    """Yield the models whose rows make the snapshot, each once."""
    chosen = [apps.get_model(name) for name in FURTHER]
    chosen += [model for app in APPS for model in apps.get_app_config(app).get_models()]
    yield from dict.fromkeys(model for model in chosen if model._meta.managed)


def write(path: Path = PATH) -> int:
    """Write the replayed database's rows to `path`; return how many.

    Raises:
        YearNotOpen: the database has no report of the year, so nothing worth keeping.
    """
    report_to_show(COUNTY_CODE, YEAR)
    rows = [row for model in tables() for row in model._default_manager.order_by("pk")]
    plain = serializers.serialize("python", rows, use_natural_foreign_keys=True)
    for told, row in zip(plain, rows, strict=True):
        if isinstance(row, Requester):
            told["fields"] = asdict(row.details)
    text = json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False)
    # mtime 0 keeps the file the same for the same rows.
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    return len(rows)


@transaction.atomic
def load(path: Path = PATH, *, today: date) -> int:
    """Load the rows of `path` into an empty, migrated database; return how many.

    Posts count as on `today`.
    """
    for name in reversed(FURTHER):
        apps.get_model(name).objects.all().delete()
    rows = json.loads(gzip.decompress(path.read_bytes()))
    for row in rows:  # one by one: later rows name earlier ones
        if row["model"] == Requester._meta.label_lower:
            case = InfoRequest.objects.get(pk=row["pk"])
            write_requester(case, RequesterDetails(**row["fields"]))
            continue
        (each,) = serializers.deserialize("python", [row])
        each.save(force_insert=True)
    _move_sequences()
    sync_groups(today=today)  # a group's rights come with the release, not the rows
    return len(rows)


def _move_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
