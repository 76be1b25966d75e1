"""Whose source files a person may see: of batches in sight; of an import only with all its organs.

A workbook of decisions may name persons whole, which the register itself does not keep, so it
is shown to those alone who may enter for every organ in it.
"""

from datetime import datetime

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose
from gongkai.orgs.queries import Official
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.models import Batch, ImportRun
from gongkai.registers.queries import RECORDERS, VIEWERS

_PURPOSES = (Purpose.SOURCE.value,)


@opens("registers")
def files_of_register(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the source files of a batch or an import."""
    *kind, number = about.split(":")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    person = Official(user, now, RECORDERS, VIEWERS)
    if kind == ["registers", "import"]:
        return _of_import(person, int(number))
    found = Batch.objects.filter(pk=int(number), organ__in=person.sees.values("pk")).first()
    if kind != ["registers"] or found is None:
        return None
    return CaseAccess(
        organ_id=found.organ_id,
        label=f"统计批次 {found}",
        address=reverse("registers:record", args=[found.pk]),
        may_add=found.state == BatchState.ENTERED and person.may_act_for(found.organ_id),
        purposes=_PURPOSES,
        post=person.actor.post,
    )


def _of_import(person: Official, pk: int) -> CaseAccess | None:
    run = ImportRun.objects.filter(pk=pk).first()
    if run is None:
        return None
    organs = {
        *run.batches.values_list("organ_id", flat=True),
        *run.decisions.values_list("organ_id", flat=True),
    }
    if not organs or organs - set(person.acts_for.values_list("pk", flat=True)):
        return None
    back = "registers:decisions" if run.decisions.exists() else "registers:index"
    return CaseAccess(
        organ_id=min(organs),
        label=f"导入文件 {run.source_name}",
        address=reverse(back),
        purposes=_PURPOSES,
        post=person.actor.post,
    )
