"""Packages that are the same made twice, lists that are frozen, receipts entered once."""

import json
import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.audit.models import Event
from gongkai.audit.queries import verify
from gongkai.files.actions import remove
from gongkai.hotline.models import WorkOrder
from gongkai.inforequests.tests import factories as requests
from gongkai.orgs.models import Role
from gongkai.records import actions
from gongkai.records.models import TransferList
from gongkai.records.queries import case_package
from gongkai.records.rules import RecordsError, TransferKind
from gongkai.records.tasks import FORGET_CALLER, forget, forget_callers, keep_logs
from gongkai.records.tests.factories import CLERK, LATER, SINCE, UNTIL, a_county, an_official

pytestmark = pytest.mark.django_db
WHO = {"by": CLERK, "at": LATER}


def packed(case: Any) -> bytes:
    with actions.pack_case(case, **WHO) as package:
        return package.read()


def test_a_county_hands_over_its_records(tmp_path: Path, capsys: Any) -> None:
    made = a_county()
    package_is_the_same_made_twice(made, tmp_path, capsys)
    lists_are_frozen_and_received_once(made)
    what_is_destroyed_is_told_in_the_package(made)
    callers_are_forgotten_when_their_time_is_over(made)
    assert verify().faults == []


def package_is_the_same_made_twice(made: SimpleNamespace, folder: Path, capsys: Any) -> None:
    first = packed(made.case)
    assert first == packed(made.case)
    with zipfile.ZipFile(BytesIO(first)) as package:
        manifest = json.loads(package.read("清单.json"))
        kinds = [piece["kind"] for piece in manifest["文件"]]
        assert (kinds.count("文书") >= 1, kinds.count("材料")) == (True, 1)
        assert manifest["保管期限"] == "10年"
        assert "申请人" not in manifest
        assert "依申请公开案卷目录" in package.read("目录.html").decode()
    event = Event.objects.filter(verb="records.pack_case").latest("pk")
    assert event.after["digest"] == case_package(made.case).digest
    path = folder / "case.zip"
    path.write_bytes(first)
    call_command("verifyarchive", str(path))
    assert case_package(made.case).digest in capsys.readouterr().out
    for name, data in tampered(first).items():
        (folder / f"{name}.zip").write_bytes(data)
        with pytest.raises(SystemExit):
            call_command("verifyarchive", str(folder / f"{name}.zip"))
    with pytest.raises(RecordsError, match="尚未归档"):
        actions.pack_case(requests.closed(made.water), **WHO)


def tampered(whole: bytes) -> dict[str, bytes]:
    """Return a package with a piece changed, one left out, one put in, and cut off."""
    with zipfile.ZipFile(BytesIO(whole)) as package:
        pieces = {name: package.read(name) for name in package.namelist()}
    name = next(name for name in pieces if name.startswith("材料/"))
    variants = {
        "changed": pieces | {name: b"other"},
        "left_out": {key: data for key, data in pieces.items() if key != name},
        "put_in": pieces | {"材料/x.txt": b"x"},
    }
    made = {"cut": whole[: len(whole) // 2], "none": b""}
    for variant, contents in variants.items():
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for key, data in contents.items():
                package.writestr(key, data)
        made[variant] = out.getvalue()
    return made


def lists_are_frozen_and_received_once(made: SimpleNamespace) -> None:
    counts = {}
    for kind in TransferKind:
        one = actions.make_list(made.county, kind, since=SINCE, until=UNTIL, **WHO)
        counts[kind] = len(one.rows)
        assert all(len(row) == len(one.heads) for row in one.rows)
    assert set(counts.values()) == {1}
    cases = TransferList.objects.get(kind=TransferKind.CASES)
    assert cases.rows[0][-1] == case_package(made.case).digest
    assert cases.number == "YJ2026-003"
    archives = TransferList.objects.get(kind=TransferKind.TO_ARCHIVES)
    assert archives.rows[0][2] == made.entry.title
    assert actions.open_list(archives, form="xlsx", **WHO) == archives.rows
    told = {"received_on": LATER.date(), "received_by": "县档案馆王五"}
    actions.receive_list(archives, **told, **WHO)
    with pytest.raises(RecordsError, match="不能再次登记"):
        actions.receive_list(archives, **told, **WHO)
    archives.rows[0][2] = "改"
    with pytest.raises(RecordsError, match="可能被改动"):
        actions.open_list(archives, form="xlsx", **WHO)
    with pytest.raises(RecordsError, match="没有可以移交的内容"):
        actions.make_list(
            made.county,
            TransferKind.CASES,
            since=date(2020, 1, 1),
            until=date(2020, 2, 1),
            **WHO,
        )


def what_is_destroyed_is_told_in_the_package(made: SimpleNamespace) -> None:
    remove(made.file, reason="误传", **WHO)
    with zipfile.ZipFile(BytesIO(packed(made.case))) as package:
        pieces = json.loads(package.read("清单.json"))["文件"]
        gone = [piece for piece in pieces if piece["kind"] == "材料"]
        assert gone[0]["missing"] == "文件已经按规定销毁"
        assert gone[0]["path"] not in package.namelist()


def callers_are_forgotten_when_their_time_is_over(made: SimpleNamespace) -> None:
    three_years = LATER + timedelta(days=3 * 366)
    assert forget_callers(LATER) == []
    assert "1 件热线工单" in forget_callers(three_years)[0].text
    forget({"id": made.order.pk}, LATER)  # its time is not over: nothing happens
    assert not WorkOrder.objects.get(pk=made.order.pk).caller_erased
    forget({"id": made.order.pk}, three_years)
    held = WorkOrder.objects.get(pk=made.order.pk)
    assert (held.caller_erased, held.satisfaction) == (True, made.order.satisfaction)
    assert FORGET_CALLER == "records.forget_caller"


def test_logs_are_kept_packed_and_missed(tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.GONGKAI_LOG_DIR = folder = tmp_path / "logs"
    settings.GONGKAI_OTHER_LOGS = (str(tmp_path / "nginx-*.log"),)
    begun = datetime(2026, 5, 1, 1, tzinfo=LATER.tzinfo)
    assert keep_logs(begun) == []
    for day in (2, 3, 5):
        (folder / f"access-2026-05-0{day}.log").write_text("{}\n")
    (folder / "access-2025-03-01.log").touch()
    told = [notice.text for notice in keep_logs(begun + timedelta(days=5))]
    assert told == ["访问日志缺 1 天（2026-05-04）：请查明原因，有备份的请恢复"]
    assert sorted(path.name for path in folder.iterdir()) == [
        *(f"access-2026-05-0{day}.log.gz" for day in (1, 2, 3)),
        *(f"access-2026-05-0{day}.log" for day in (5, 6)),
    ]
    with pytest.raises(SystemExit):
        call_command("checklogs")
    said = capsys.readouterr().out
    assert "没有文件" in said
    assert "请查看 gongkai tick" in said


def test_every_request_is_told_without_what_was_typed(
    tmp_path: Path, settings: Any, client: Any
) -> None:
    settings.GONGKAI_LOG_DIR = folder = tmp_path / "logs"
    user = an_official(a_county().office, Role.OGI_OFFICE, "office")
    client.force_login(user)
    client.get("/staff/records/?q=张三", REMOTE_ADDR="10.1.2.3")
    client.get("/staff/records/99/")
    lines = [json.loads(line) for path in folder.iterdir() for line in path.open()]
    assert [(line["who"], line["status"], line["fields"]) for line in lines] == [
        ("office", 200, ["q"]),
        ("office", 404, []),
    ]
    assert lines[0]["address"] == "10.1.2.3"
    assert "张三" not in json.dumps(lines, ensure_ascii=False)
    assert next(folder.iterdir()).stat().st_mode & 0o077 == 0


def test_packages_that_cannot_be_read_are_no_packages(tmp_path: Path) -> None:
    with pytest.raises((SystemExit, CommandError)):
        call_command("verifyarchive", str(tmp_path / "none.zip"))
