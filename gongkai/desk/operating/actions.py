"""The operator's verb: jobs that were given up are done again."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.outbox.actions import retry
from gongkai.outbox.models import Job, JobState


def retry_given_up(*, by: Actor, at: datetime) -> int:
    """Put every job that was given up back into the queue, due at once; return how many."""
    with transaction.atomic():
        jobs = list(Job.objects.filter(state=JobState.FAILED).order_by("pk"))
        for job in jobs:
            retry(job, at=at)
        if jobs:
            record(
                "operating.retry_jobs",
                "operating.jobs:given-up",
                chain=SYSTEM_CHAIN,
                by=by,
                at=at,
                label="已放弃的任务",
                after={"jobs": len(jobs)},
            )
    return len(jobs)
