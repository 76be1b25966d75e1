"""Tables two to four of one county from many requests, by the database's own counting."""

import os
from datetime import date

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- after Django is set up
from django.db import connection  # noqa: E402

from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, hand_over, wall_seconds  # noqa: E402
from gongkai.annualreport import sources  # noqa: E402
from gongkai.demo.county import COUNTY, DEPARTMENTS, TOWNSHIPS  # noqa: E402
from gongkai.inforequests.models import InfoRequest  # noqa: E402
from gongkai.inforequests.tests.factories import many_requests  # noqa: E402
from gongkai.orgs.models import Organ, OrganKind  # noqa: E402
from gongkai.tables.consolidate import consolidate  # noqa: E402
from gongkai.tables.editions import edition_for  # noqa: E402
from gongkai.tables.facts import Period  # noqa: E402

YEARS = (2018, 2019, 2020, 2021, 2022)
DATABASE = os.environ["GONGKAI_TEST_DATABASE"]


def open_county() -> None:
    """Enter the organs of the reference county."""

    def organ(each, kind: str, county: Organ | None) -> Organ:
        return Organ.objects.create(
            code=each.code, kind=kind, name=each.full_name, short_name=each.short_name,
            county=county, region_code=each.region, valid_from=date(2000, 1, 1),
        )  # fmt: skip

    county = organ(COUNTY, OrganKind.COUNTY_GOVERNMENT, None)
    for each in DEPARTMENTS:
        organ(each, OrganKind.DEPARTMENT, county)
    for each in TOWNSHIPS:
        organ(each, OrganKind.TOWNSHIP, county)


def _multiply(times: int) -> None:
    """Copy all requests under new ids and numbers: a million rows without a million objects."""
    table = InfoRequest._meta.db_table
    columns = [
        f.column for f in InfoRequest._meta.concrete_fields if f.name not in ("id", "number")
    ]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, number, {names}) "  # noqa: S608 -- names from the model
            f"SELECT gen_random_uuid(), number || '-' || copy, {names} "
            f"FROM {table}, generate_series(2, %s) AS copy",
            [times],
        )
        cursor.execute(f"ANALYZE {table}")


def _county_tables() -> object:
    organs = list(Organ.objects.values_list("pk", flat=True))
    form = edition_for(2020)
    facts = sources.facts_by_organ(Period.of_year(2020), organs)
    return consolidate([form.lay_out(facts[organ]) for organ in organs], form.id)


def _measure(size: str, bar: float) -> Measured:
    seconds = wall_seconds(_county_tables)
    return Measured(f"tables 2-4 of a county from {size} requests", DATABASE, seconds, bar, "s")


def main() -> None:
    """Fill a database, then measure 100,000 on both and 1,000,000 on PostgreSQL."""
    empty_database()
    call_command("migrate", verbosity=0)
    open_county()
    many_requests(100_000, list(Organ.objects.all()), years=YEARS)
    hand_over([_measure("100,000", 1)])
    if DATABASE == "postgresql":
        _multiply(10)
        hand_over([_measure("1,000,000", 3)])


if __name__ == "__main__":
    main()
