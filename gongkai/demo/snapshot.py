"""A snapshot of the replayed year: every row, a table at a time, compressed; loaded in bulk.

What the demo's people wrote in sealed columns stands in it unsealed, all of it invented: keys
differ from one machine to the next, so it is sealed on loading with the keys of where it is loaded.

Loading takes the rows as they are, so audit chains stay whole; a replay takes the long
way through the verbs. A test proves that both give one report hash.
"""

import base64
import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from gongkai.annualreport.queries import report_to_show
from gongkai.demo.county import COUNTY_CODE, YEAR
from gongkai.hotline.models import WorkOrder, phone_index
from gongkai.inforequests.actions import RequesterDetails, write_requester
from gongkai.inforequests.models import InfoRequest, Requester
from gongkai.orgs.actions import sync_groups
from gongkai.proposals.actions import Contact
from gongkai.proposals.models import ProposerContact

PATH = Path(__file__).with_name("snapshot-2020.json.xz")
# No files: what the year attaches to its records is made with the demo's present day.
APPS = (
    "accounts",
    "orgs",
    "calendars",
    "disclosure",
    "registers",
    "hotline",
    "proposals",
    "newmedia",
    "engagement",
    "servicehall",
    "policy",
    "inforequests",
    "remedies",
    "oversight",
    "annualreport",
    "portal",
    "audit",
)
# Wagtail's rows under the portal's pages, and memberships of groups.
FURTHER = ("wagtailcore.Page", "wagtailcore.Site")
_BATCH = 400
Table = dict[str, Any]


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
    told = [table for model in tables() if (table := _written(model))["rows"]]
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    # Digests stand twice, far apart: a large window finds the second ones.
    path.write_bytes(lzma.compress(text.encode("utf-8")))
    return sum(len(table["rows"]) for table in told)


def read(path: Path = PATH) -> list[Table]:
    """Return the tables of a snapshot as they are written in it."""
    found: list[Table] = json.loads(lzma.decompress(path.read_bytes()))
    return found


@transaction.atomic
def load(path: Path = PATH, *, today: date) -> int:
    """Load the rows of `path` into an empty, migrated database; return how many.

    Posts count as on `today`.
    """
    for name in reversed(FURTHER):
        apps.get_model(name).objects.all().delete()
    number = 0
    for table in read(path):
        _load(apps.get_model(table["model"]), table)
        number += len(table["rows"])
    _move_sequences()
    sync_groups(today=today)  # a group's rights come with the release, not the rows
    return number


# -- one table ------------------------------------------------------------------------------


def _is_plain(model: type[models.Model]) -> bool:
    """Say whether the rows are columns only: no rows of parents, no memberships."""
    meta = model._meta
    return not (meta.parents or meta.local_many_to_many or meta.label in FURTHER)


def _written(model: type[models.Model]) -> Table:
    rows = model._base_manager.order_by("pk")
    told: Table = {"model": model._meta.label}
    if model is Requester:
        return told | {"rows": [[str(row.pk), asdict(row.details)] for row in rows]}
    if not _is_plain(model):
        plain = serializers.serialize("python", rows, use_natural_foreign_keys=True)
        return told | {"rows": plain}
    fields = model._meta.concrete_fields
    told["fields"] = [field.attname for field in fields]
    sealed = _sealed_columns(model)
    told["rows"] = [
        [_value(row, field.attname, sealed) for field in fields] for row in rows.iterator()
    ]
    return told


def _sealed_columns(model: type[models.Model]) -> dict[str, Callable[[Any], Any]]:
    """Return how to read each sealed column of a model in plain."""
    if hasattr(model, "SEALED"):
        return {f"{name}_sealed": lambda row, name=name: row.unseal(name) for name in model.SEALED}
    if model is ProposerContact:
        return {"contact_sealed": lambda row: asdict(row.contact)}
    return {}


def _value(row: models.Model, name: str, sealed: dict[str, Callable[[Any], Any]]) -> Any:
    if name in sealed:
        return sealed[name](row)
    value = getattr(row, name)
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _load(model: type[models.Model], table: Table) -> None:
    if model is Requester:
        for key, told in table["rows"]:
            write_requester(InfoRequest.objects.get(pk=key), RequesterDetails(**told))
    elif "fields" not in table:
        for row in table["rows"]:  # one by one: later rows name earlier ones
            (each,) = serializers.deserialize("python", [row])
            each.save(force_insert=True)
    else:
        rows = _rows(model, table["fields"], table["rows"])
        models.QuerySet(model).bulk_create(rows, batch_size=_BATCH)


def _rows(
    model: type[models.Model], names: Sequence[str], rows: Sequence[list[Any]]
) -> Iterator[models.Model]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    sealed = _sealed_columns(model)
    readers = [None if name in sealed else _reader(by_name[name]) for name in names]
    for row in rows:
        values = {
            name: reader(value)
            for name, reader, value in zip(names, readers, row, strict=True)
            if reader is not None
        }
        made = model(**values)
        if sealed:
            plain = {name: value for name, value in zip(names, row, strict=True) if name in sealed}
            _seal(made, plain)
        yield made


def _reader(field: models.Field) -> Callable[[Any], Any]:
    """Return how a value is read back; most of them stand as they are."""
    target = field.target_field if field.is_relation else field
    kind = target.get_internal_type()
    if kind == "BinaryField":
        return lambda value: None if value is None else base64.b64decode(value)
    if kind in _AS_WRITTEN:
        return lambda value: value
    return target.to_python


_AS_WRITTEN = frozenset(
    {
        *("AutoField", "BigAutoField", "CharField", "TextField", "SlugField", "BooleanField"),
        *("IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "BigIntegerField"),
        *("SmallIntegerField", "JSONField", "FileField", "URLField", "EmailField"),
        "PositiveBigIntegerField",
    }
)


def _seal(row: Any, plain: dict[str, Any]) -> None:
    """Seal what stood in plain, with the keys of here; indexes of sealed values with it."""
    if isinstance(row, ProposerContact):
        row.fill(Contact(**plain["contact_sealed"]))
        return
    row.seal(**{name.removesuffix("_sealed"): value for name, value in plain.items()})
    if isinstance(row, WorkOrder):
        row.phone_index = phone_index(row.caller.phone)


def _move_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
