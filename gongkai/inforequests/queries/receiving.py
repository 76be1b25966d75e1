"""The ways in of offices and how their self-tests stand (practice.md 2.7)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from gongkai.inforequests.lifecycle.receiving import ReceivingChannel
from gongkai.inforequests.models import AcceptingOffice
from gongkai.inforequests.models.receiving import ChannelTest
from gongkai.inforequests.rules.receiving import next_test_on
from gongkai.orgs.models import Organ


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One way in as the screen shows it; `due_on` None means at once."""

    organ: Organ
    channel: ReceivingChannel
    address: str
    test: ChannelTest | None
    due_on: date | None
    late: bool

    @property
    def key(self) -> str:
        """Return the way in as forms name it."""
        return f"{self.organ.pk}-{self.channel.value}"


def published(office: AcceptingOffice) -> dict[ReceivingChannel, str]:
    """Return the ways in that an office publishes, each with its address or number."""
    ways = {
        ReceivingChannel.EMAIL: office.email,
        ReceivingChannel.ONLINE: "公众端在线申请" if office.online else "",
        ReceivingChannel.FAX: office.fax,
        ReceivingChannel.PHONE: office.phone,
    }
    return {channel: address for channel, address in ways.items() if address}


def channel_rows(organ_ids: Collection[int], today: date) -> list[ChannelRow]:
    """Return the ways in of some organs, by organ; what is late stands beside the rest."""
    return list(_rows(organ_ids, today))


def _rows(organ_ids: Collection[int], today: date) -> Iterator[ChannelRow]:
    offices = AcceptingOffice.objects.filter(pk__in=organ_ids).select_related("organ")
    tests = {
        (test.organ_id, test.channel): test
        for test in ChannelTest.objects.filter(organ_id__in=organ_ids)
    }
    for office in offices.order_by("organ__order", "organ__code"):
        for channel, address in published(office).items():
            test = tests.get((office.pk, channel.value))
            due_on = next_test_on(
                test.tested_on if test else None,
                bool(test and test.passed),
                settings.GONGKAI_CHANNEL_TEST_DAYS,
            )
            late = due_on is None or due_on <= today
            yield ChannelRow(office.organ, channel, address, test, due_on, late)


def channels_to_test(organ_ids: Collection[int], today: date) -> QuerySet[ChannelTest]:
    """Return the ways in of some organs whose last test failed, or is due again; for the desk."""
    last = today - timedelta(days=settings.GONGKAI_CHANNEL_TEST_DAYS)
    late = Q(passed=False) | Q(tested_on__isnull=True) | Q(tested_on__lte=last)
    return ChannelTest.objects.filter(late, organ_id__in=organ_ids)
