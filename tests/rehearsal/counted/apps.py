"""Registers the job in every process of the rehearsal."""

from datetime import datetime

from django.apps import AppConfig

KIND = "rehearsal.count"
CHAIN = "rehearsal-jobs"


class CountedConfig(AppConfig):
    """The counted job."""

    name = "tests.rehearsal.counted"
    label = "rehearsal_counted"

    def ready(self) -> None:
        from gongkai.audit import SYSTEM
        from gongkai.audit.actions import record
        from gongkai.outbox import Payload, handles

        @handles(KIND)
        def count(payload: Payload, at: datetime) -> None:
            record(KIND, f"rehearsal.job:{payload['number']}", chain=CHAIN, by=SYSTEM, at=at)
