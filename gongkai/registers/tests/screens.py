"""What tests of the screens share: a signed-in person, a filled form, a workbook."""

from datetime import date

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.adapters import xlsx
from gongkai.orgs.models import Organ, Post, Role
from gongkai.registers.staff.listing import columns

FORM = {
    "period_start": "2020-01-01",
    "period_end": "2020-12-31",
    "item_change": "0",
    "decisions": "154",
    "source_name": "2020年行政许可台账",
    "note": "",
}
ROW = ("财政局", "行政许可", "2020-01-01", "2020-12-31", "5", "154", "", "", "台账", "")


def person(client, account: str, organ: Organ | None, role: Role | None, **fields):
    user = User.objects.create_user(account, password="x", name=account, **fields)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if organ is not None:
        Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2015, 1, 1))
    client.force_login(user)
    return client


def workbook(*rows, heads=None):
    given = columns(()) if heads is None else tuple(xlsx.Column(head) for head in heads)
    data = xlsx.write_tables([xlsx.SheetOut("填报", given, rows)])
    return SimpleUploadedFile("台账.xlsx", data)


def upload(client, *rows):
    return client.post(reverse("registers:import"), {"file": workbook(*rows)})
