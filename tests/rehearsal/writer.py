"""One who works on: files requests by the product's own verb until killed.

A line is written for each request whose verb has returned (which is what acknowledged means): its
id, and the head of the organ's chain that its event stands in. A verb that fails is not written
and tried again, as an official would.
"""

import os
import time
from pathlib import Path


def write(code: str, to: Path) -> None:
    """File requests for an organ until the parent is gone."""
    from django.db import DatabaseError, connections

    from gongkai.audit.models import Chain
    from gongkai.inforequests.tests.factories import submitted
    from gongkai.orgs.models import Organ

    parent = os.getppid()
    organ = Organ.objects.get(code=code)
    with to.open("w") as told:
        while os.getppid() == parent:
            try:
                made = submitted(organ)
                head = Chain.objects.get(key=code)
            except DatabaseError:
                connections.close_all()
                time.sleep(0.05)
                continue
            told.write(f"{time.monotonic():.3f} {made.pk} {head.length} {head.head}\n")
            told.flush()
