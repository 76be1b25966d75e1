"""Keys are changed without losing a row: counted, resumed, killed in the middle."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import BinaryField

from gongkai.adapters import rotation
from gongkai.adapters.rotation import SealedKind
from gongkai.audit.models import Event
from gongkai.inforequests import queries
from gongkai.inforequests.actions import RequesterDetails, reseal, write_requester
from gongkai.inforequests.models import InfoRequest, Requester
from gongkai.inforequests.tests.factories import (
    RECEIVED,
    a_profile,
    an_organ,
    many_requests,
    moment,
)
from gongkai.inforequests.tests.test_corrections import decided
from gongkai.letters.queries import FORMS, content, letters_about

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
MINE = "inforequests.Requester"
ALL_KINDS = dict(rotation.sealed_kinds)
# Bytes that are no secret: an office's own templates.
NOT_SEALED = {"letters.LetterTemplate"}


class Killed(BaseException):
    """Stands in for the process's end: nothing catches it."""


@pytest.fixture(autouse=True)
def only_requesters(monkeypatch):
    kinds = {MINE: rotation.sealed_kinds[MINE]}
    monkeypatch.setattr(rotation, "sealed_kinds", kinds)
    monkeypatch.setattr("gongkai.desk.management.commands.rotatekeys.sealed_kinds", kinds)
    return kinds


def sealed_with_old_key(settings, number):
    settings.GONGKAI_FIELD_KEY = "old"
    many_requests(number, [an_organ()])
    for place, each in enumerate(InfoRequest.objects.order_by("number")):
        write_requester(each, RequesterDetails(f"张{place}", phone=f"1380000{place:04d}"))
    settings.GONGKAI_FIELD_KEY = "test"


def names():
    return sorted(queries.requester_for_letters(each).name for each in InfoRequest.objects.all())


def run(capsys, **options):
    code = 0
    try:
        call_command("rotatekeys", format="json", **options)
    except SystemExit as left:
        code = left.code
    return code, json.loads(capsys.readouterr().out)


def test_check_counts_and_changes_nothing(settings, capsys):
    sealed_with_old_key(settings, 3)
    code, told = run(capsys, check=True)
    assert (code, told["ok"], told["kinds"][0]["left"]) == (1, False, 3)
    assert set(Requester.objects.values_list("key_id", flat=True)) == {"old/AES-256-GCM"}


def test_everything_is_sealed_anew_and_a_second_run_has_nothing_to_do(settings, capsys):
    sealed_with_old_key(settings, 5)
    settings.GONGKAI_FIELD_ALGORITHM = "SM4-GCM"
    code, told = run(capsys, batch=2)
    assert (code, told["kinds"][0]["done"], told["kinds"][0]["left"]) == (0, 5, 0)
    assert names() == [f"张{place}" for place in range(5)]
    event = Event.objects.filter(verb="inforequests.reseal").earliest("pk")
    assert event.before == {"keys": {"old/AES-256-GCM": 2}}
    assert run(capsys)[1]["kinds"][0]["done"] == 0


def test_killed_before_any_statement_no_row_is_lost(settings):
    sealed_with_old_key(settings, 4)
    whole, survived = names(), False
    for at in range(40):
        counter = {"left": at}

        def kill(execute, sql, params, many, context, counter=counter):
            if counter["left"] == 0:
                raise Killed
            counter["left"] -= 1
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(kill):
                survived = reseal(1, at=moment(RECEIVED)) == 0
        except Killed:
            pass
        assert names() == whole
        if survived:
            break
    assert survived
    assert queries.requesters_to_reseal() == 0


def test_what_does_not_open_is_told_and_other_kinds_go_on(settings, capsys, only_requesters):
    sealed_with_old_key(settings, 2)
    one, two = Requester.objects.order_by("pk")
    Requester.objects.filter(pk=two.pk).update(sealed=one.sealed)
    only_requesters["z.later"] = SealedKind("其他", lambda: 0, lambda batch, *, at: 0)
    code, told = run(capsys, batch=1)
    assert code == 1
    assert [each["left"] for each in told["kinds"]] == [1, 0]
    assert "无法解密" in told["kinds"][0]["error"]


def test_a_batch_of_nothing_is_refused():
    with pytest.raises(CommandError, match="--batch"):
        call_command("rotatekeys", batch=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="copies the database into a file")
def test_the_process_killed_in_the_middle_goes_on_where_it_was(settings, tmp_path):
    sealed_with_old_key(settings, 300)
    copy = sqlite3.connect(tmp_path / "killed.sqlite3")
    connection.connection.backup(copy)
    (tmp_path / "killed_settings.py").write_text(
        "from gongkai.config.settings.test import *\n"
        f"DATABASES = {{'default': {{'ENGINE': 'django.db.backends.sqlite3', "
        f"'NAME': {str(tmp_path / 'killed.sqlite3')!r}}}}}\n",
        "utf-8",
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "killed_settings",
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "rotatekeys", "--batch", "1"]
    running = subprocess.Popen(  # noqa: S603
        command, stderr=subprocess.PIPE, env=environment, cwd=ROOT
    )
    assert "1/300" in running.stderr.readline().decode()
    running.send_signal(signal.SIGKILL)
    assert running.wait(30) == -signal.SIGKILL
    count = "SELECT count(*) FROM inforequests_requester WHERE key_id LIKE ?"
    done = copy.execute(count, ["test/%"]).fetchone()[0]
    assert 0 < done < 300
    finished = subprocess.run(  # noqa: S603
        [*command[:-1], "50", "--format", "json"], capture_output=True, env=environment, cwd=ROOT,
        check=True,
    )  # fmt: skip
    kind = {each["kind"]: each for each in json.loads(finished.stdout)["kinds"]}[MINE]
    assert (kind["done"], kind["left"]) == (300 - done, 0)
    copy.close()


def test_every_chapter_that_seals_has_joined():
    assert set(ALL_KINDS) == {
        "engagement",
        "files.StoredFile",
        "hotline.WorkOrder",
        "inforequests.CorrectionRequest",
        "inforequests.Requester",
        "letters.Letter",
        "mfa.Authenticator",
        "oversight",
        "proposals.ProposerContact",
        "remedies.rows",
        "servicehall",
    }
    sealing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, BinaryField) and model._meta.label not in NOT_SEALED
    }
    # Sealed anew together with what they belong to.
    joined = {
        *ALL_KINDS,
        "inforequests.CorrectionRequester",
        "hotline.OrderStep",
        "engagement.ErrorReport",
        "engagement.Comment",
        "engagement.Message",
        "engagement.Ballot",
        "engagement.Exchange",
        "servicehall.Assistance",
        "servicehall.FulfilmentCase",
        "remedies.Party",
        "remedies.Complaint",
        "oversight.AccountabilityCase",
    }
    assert sealing <= joined


def test_letters_are_sealed_anew_and_stay_what_they_were(settings, capsys, only_requesters):
    settings.GONGKAI_FIELD_KEY = "old"
    correction = decided(with_profile(an_organ()), with_letter=True)
    (letter,) = letters_about(correction.typed_id)
    before = {form: content(letter, form) for form in FORMS}
    settings.GONGKAI_FIELD_KEY = "test"
    only_requesters["letters.Letter"] = ALL_KINDS["letters.Letter"]
    assert run(capsys, check=True)[1]["kinds"][1]["left"] == 1
    code, told = run(capsys)
    assert (code, told["kinds"][1]["done"], told["kinds"][1]["left"]) == (0, 1, 0)
    settings.GONGKAI_FIELD_KEYS = {"test": settings.GONGKAI_FIELD_KEYS["test"]}
    assert {form: content(letter, form) for form in FORMS} == before


def test_a_lost_letter_is_told(settings, capsys, only_requesters, tmp_path):
    settings.GONGKAI_FIELD_KEY = "old"
    decided(with_profile(an_organ()), with_letter=True)
    settings.GONGKAI_FIELD_KEY, settings.GONGKAI_LETTER_DIR = "test", tmp_path
    only_requesters["letters.Letter"] = ALL_KINDS["letters.Letter"]
    code, told = run(capsys)
    assert (code, told["kinds"][1]["left"]) == (1, 1)
    assert "不在存放目录中" in told["kinds"][1]["error"]


def with_profile(organ):
    a_profile(organ)
    return organ
