"""A county with one archived case, one closed order and one public entry of 2026."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.disclosure.tests import factories as disclosure
from gongkai.files.actions import store
from gongkai.files.models import Purpose
from gongkai.hotline.tests import factories as hotline
from gongkai.inforequests.actions import archive, close
from gongkai.inforequests.models import InfoRequest, Retention
from gongkai.inforequests.tests import factories as requests
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.tests.factories import make_county, make_post

CHINA = ZoneInfo("Asia/Shanghai")
LATER = datetime(2026, 10, 9, 9, tzinfo=CHINA)
CLERK = Actor("office", "甲", "靖安县人民政府办公室政务公开办工作人员")
SINCE, UNTIL = date(2026, 1, 1), date(2026, 9, 30)


def a_county() -> SimpleNamespace:
    """Return the county's organs and its three records."""
    made = make_county()
    made.case = archived_with_a_letter(made.finance)
    made.file = store(
        organ=made.finance,
        about=made.case.typed_id,
        purpose=Purpose.OTHER,
        name="情况说明.txt",
        content="关于来源的说明。".encode(),
        by=CLERK,
        at=LATER,
    )
    made.order = hotline.closed(made.county)
    made.entry = disclosure.published(made.finance, disclosure.section(made.county))
    return made


def archived_with_a_letter(organ: Organ) -> InfoRequest:
    """Return a case answered by a letter, closed, in the files for ten years."""
    case = requests.served(requests.processing(organ), requests.RECEIVED)
    case = requests.do(close, case, requests.RECEIVED)
    told = {"file_number": "2026-1", "retention": Retention.TEN_YEARS}
    return requests.do(archive, case, requests.RECEIVED, **told)


def an_official(organ: Organ, role: Role, username: str) -> User:
    """Return somebody with a post who may enter the staff site."""
    user = User.objects.create_user(username, password="for the tests only", name=username)
    make_post(user, organ, role)
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return user
