"""Reading cases of accountability, without who it was."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from gongkai.oversight.models import AccountabilityCase
from gongkai.oversight.models.accountability import key_mark


def standing_cases(
    organ_ids: Collection[int], start: date, end: date
) -> QuerySet[AccountabilityCase]:
    """Return the cases of some organs decided in a period, those struck left out."""
    return AccountabilityCase.objects.filter(
        organ_id__in=organ_ids, decided_on__range=(start, end), struck_at__isnull=True
    )


def to_reseal() -> int:
    """Return how many rows are sealed with a key or cipher that is not the one of now."""
    return AccountabilityCase.objects.exclude(key_id=key_mark()).count()
