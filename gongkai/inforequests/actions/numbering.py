"""Taking the next request number, inside the transaction of the verb that gives it."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from gongkai.inforequests.models import CorrectionSeries, NumberSeries, OrganSerial
from gongkai.orgs.models import Organ

_REGION_DIGITS = 6
_TRIES = 20


def next_number(organ: Organ, year: int) -> str:
    """Return the next number of `organ` in `year`, such as 360925007-2026-0001.

    The counter row is locked until the end of the transaction: a number is given once,
    and one whose verb fails is given again.
    """
    serial = _serial_of(organ)
    NumberSeries.objects.get_or_create(organ=organ, year=year)
    series = NumberSeries.objects.select_for_update().get(organ=organ, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{serial.region}{serial.serial:03d}-{year}-{series.last:04d}"


def next_correction_number(organ: Organ, year: int) -> str:
    """Return the next number of a correction (Art. 41): 360925007-2026-更0001; gapless too."""
    serial = _serial_of(organ)
    CorrectionSeries.objects.get_or_create(organ=organ, year=year)
    series = CorrectionSeries.objects.select_for_update().get(organ=organ, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{serial.region}{serial.serial:03d}-{year}-更{series.last:04d}"


def _serial_of(organ: Organ) -> OrganSerial:
    """Return the organ's three digits, given at its first request and never again changed."""
    found = OrganSerial.objects.filter(organ=organ).first()
    if found:
        return found
    region = organ.region_code[:_REGION_DIGITS]
    for _ in range(_TRIES):
        used = OrganSerial.objects.filter(region=region).aggregate(last=Max("serial"))["last"]
        try:
            with transaction.atomic():
                serial, _ = OrganSerial.objects.get_or_create(
                    organ=organ, defaults={"region": region, "serial": (used or 0) + 1}
                )
        except IntegrityError:  # another organ's first request took the same digits
            continue
        return serial
    raise RuntimeError(f"no serial for {organ.code} in region {region}")
