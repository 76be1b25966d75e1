"""The drill: a county is backed up, its machine is gone, and an empty one becomes the same again.

Compared by the hash of every record, every file and every head of the log, on both databases.
"""

import base64
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.databases import Database, database_of
from gongkai.adapters.backups.manifest import differences
from gongkai.adapters.backups.trees import hashed
from gongkai.audit.actions import anchor
from gongkai.audit.models import Event
from gongkai.desk.operating.backing_up import back_up, database_here, roots_here, store_at
from gongkai.desk.operating.restoring import restore
from gongkai.desk.operating.runs import noted
from gongkai.files.tests.factories import stored
from gongkai.inforequests.tests.factories import registered
from gongkai.orgs.tests.factories import make_county

AT = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)


@pytest.fixture
def machine(settings, tmp_path, folders) -> SimpleNamespace:
    """Set up a machine with its key apart and folders of its own."""
    key = tmp_path / "keys" / "backup.key"
    key.parent.mkdir()
    key.write_text(base64.b64encode(bytes(range(32))).decode())
    key.chmod(0o600)
    settings.GONGKAI_BACKUP_KEY_FILE = key
    settings.GONGKAI_BACKUP_DIR = tmp_path / "backups"
    for name in ("MEDIA_ROOT", "GONGKAI_FONT_DIR", "GONGKAI_WORDING_DIR", "GONGKAI_ANCHOR_DIR"):
        setattr(settings, name, tmp_path / name.lower())
    return SimpleNamespace(key=key, target=str(tmp_path / "target"), place=tmp_path)


@pytest.fixture
def empty(tmp_path) -> Iterator[dict[str, Any]]:
    """Give the settings of a database that is not there yet."""
    told = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        yield {**told, "NAME": tmp_path / "new" / "gongkai.sqlite3"}
        return
    name = f"gongkai_drill_{uuid4().hex[:8]}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield {**told, "NAME": name}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _live() -> None:
    """Let a county do a little of everything that a backup must hold."""
    organs = make_county()
    for day in (2, 3, 4):
        registered(organs.water, date(2026, 3, day))
    stored(organs.water)
    stored(organs.finance, about="filestest:8", name="附件二.pdf")
    anchor(date(2026, 3, 10), at=AT)


def _change_one_record(settings: dict[str, Any], database: Database) -> None:
    statement = "UPDATE orgs_organ SET address = '某街一号' WHERE code = 'jingan-slj'"
    if database.vendor == "sqlite":
        with closing(sqlite3.connect(settings["NAME"])) as changed, changed:
            changed.execute(statement)
        return
    with database._connected() as changed:  # type: ignore[attr-defined]
        changed.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_an_empty_machine_becomes_the_same_again(machine, empty) -> None:
    _live()
    before, files = database_here().state(), {n: hashed(p) for n, p in roots_here().items()}
    store = store_at(machine.target, "own")
    made = back_up(store, at=AT, verify=True)
    assert made.faults == ()
    assert made.manifest.state == before  # the event that tells of the backup came after it
    assert Event.objects.filter(verb="operating.back_up").count() == 1
    assert made.manifest.state.chains["jingan-slj"][0] >= 3

    new = database_of(empty)
    roots = {name: machine.place / "new" / name for name in roots_here()}
    done = restore(store, database=new, roots=roots)
    assert done.faults == ()
    assert not done.outdated
    assert differences(before, new.state()) == []
    assert {name: hashed(root) for name, root in roots.items()} == files
    assert sum(map(len, files.values())) >= 2

    with pytest.raises(BackupFailed, match="已有内容"):
        restore(store, database=new, roots=roots)
    _change_one_record(empty, new)
    (found,) = differences(before, new.state())
    assert "orgs_organ" in found
    assert restore(store, database=new, roots=roots, replace=True).faults == ()
    assert list((machine.place / "new").glob("files.before-*"))  # nothing was thrown away


@pytest.mark.django_db
def test_what_cannot_be_brought_back_is_refused_before_anything_is_touched(machine) -> None:
    store = store_at(machine.target, "own")
    manifest = back_up(store, at=AT).manifest
    newer = replace(manifest.state, migrations=(*manifest.state.migrations, "orgs.9999_future"))
    place = {"database": database_of({"ENGINE": "sqlite3", "NAME": machine.place / "new.sqlite3"})}
    for told, word in (
        (replace(manifest, state=newer), "较新的版本"),
        (replace(manifest, vendor="oracle"), "数据库设置"),
    ):
        odd = SimpleNamespace(manifest=lambda _, told=told: replace(told, vendor=told.vendor))
        with pytest.raises(BackupFailed, match=word):
            restore(odd, database=_as(told, place["database"]), roots={}, replace=True)
    for path in (machine.place / "target" / "objects").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BackupFailed, match="打不开"):
        restore(store, database=_as(manifest, place["database"]), roots={}, replace=True)
    assert not (machine.place / "new.sqlite3").exists()


def _as(told, database: Database) -> Database:
    """Let a database be of the kind that the backup is of, but for the one of another kind."""
    if told.vendor != "oracle":
        database.vendor = told.vendor
    return database


@pytest.mark.django_db
def test_keys_stay_apart(machine, settings, monkeypatch, capsys) -> None:
    settings.GONGKAI_BACKUP_KEY_FILE = _moved(machine.key, machine.place / "files" / "key")
    with pytest.raises(BackupFailed, match="放在files"):
        store_at(machine.target, "own")
    settings.GONGKAI_BACKUP_KEY_FILE = _moved(machine.place / "files" / "key", machine.key)
    (machine.place / "files" / "old.env").write_text(settings.GONGKAI_INDEX_KEY)
    with pytest.raises(CommandError, match="密钥"):
        call_command("backup", machine.target, engine="own")
    assert "密钥" in noted(settings.GONGKAI_BACKUP_DIR)[-1].fault
    (machine.place / "files" / "old.env").unlink()

    phrase = machine.place / "phrase"
    phrase.write_text("靖安县政务公开办公室二零二六\n", "utf-8")
    monkeypatch.setenv("GONGKAI_PHRASE_FILE", str(phrase))
    kept = machine.place / "keys.sealed"
    call_command("backupkeys", str(kept))
    assert settings.GONGKAI_AUDIT_KEY not in kept.read_text()
    with pytest.raises(CommandError, match="已经存在"):
        call_command("backupkeys", str(kept))
    capsys.readouterr()
    call_command("backupkeys", str(kept), open=True)
    assert f"GONGKAI_AUDIT_KEY={settings.GONGKAI_AUDIT_KEY}" in capsys.readouterr().out


def _moved(path: Path, to: Path) -> Path:
    to.parent.mkdir(exist_ok=True)
    return path.replace(to)


@pytest.mark.django_db
def test_the_command_keeps_lists_and_notes(machine, settings, capsys) -> None:
    call_command("backup", machine.target, engine="own", verify=True, keep=3)
    told = capsys.readouterr().out
    assert "没有发现问题" in told
    run = noted(settings.GONGKAI_BACKUP_DIR)[-1]
    assert run.verified
    assert run.fault == ""
    call_command("backup", machine.target, list=True)
    assert run.set in capsys.readouterr().out
    call_command("restore", machine.target, check=True)
    assert "可以恢复" in capsys.readouterr().out
    with pytest.raises(CommandError, match="已有内容"):
        call_command("restore", machine.target)
