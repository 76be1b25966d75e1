"""The operator's page, the probes and the figures: who may look, what they say, what helps."""

import json
import socket
import threading
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from gongkai.adapters import timeserver
from gongkai.audit.models import Event
from gongkai.desk.operating import conditions as looking
from gongkai.desk.operating.conditions import conditions
from gongkai.desk.operating.runs import Run, note, noted
from gongkai.desk.operating.saying import Level, size, span
from gongkai.orgs.models import Role
from gongkai.orgs.tests.factories import make_county, make_post, make_user
from gongkai.outbox.models import Job, JobState

PAGE = "/staff/operating/"
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


@pytest.fixture
def signed_in(db, settings, tmp_path):
    settings.GONGKAI_BACKUP_DIR = tmp_path / "backups"
    organs = make_county()

    def sign_in(role: Role) -> Client:
        user = make_user(role.value.lower())
        make_post(user, organs.office, role)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def _job(state: JobState, *, due: datetime, kind: str = "portal.publish", **told: object) -> Job:
    given = {"created_at": due, "next_try_at": due, "state": state} | told
    return Job.objects.create(kind=kind, **given)


def _by_label(at: datetime = AT) -> dict[str, looking.Condition]:
    return {each.label: each for each in conditions(at)}


def test_the_administrator_looks_and_sees_what_helps(signed_in) -> None:
    _job(JobState.FAILED, due=AT, finished_at=AT, last_error="Traceback\nOSError: 磁盘已满")
    client = signed_in(Role.SYSTEM_ADMIN)
    page = client.get(PAGE).content.decode()
    for word in ("须处理", "磁盘已满", "没有备份记录", "重新执行已放弃的 1 个任务", "处理办法"):
        assert word in page
    client.post(f"{PAGE}retry/")
    assert Job.objects.get(kind="portal.publish").state == JobState.WAITING
    (event,) = Event.objects.filter(verb="operating.retry_jobs")
    assert event.after == {"jobs": 1}
    assert event.actor_post
    client.post(f"{PAGE}retry/")  # nothing to do: nothing to tell
    assert Event.objects.filter(verb="operating.retry_jobs").count() == 1


def test_nobody_else_does(signed_in) -> None:
    _job(JobState.FAILED, due=AT, finished_at=AT)
    for role in (Role.AUDITOR, Role.OGI_OFFICE, Role.REVIEWER):
        client = signed_in(role)
        for answer in (client.get(PAGE), client.post(f"{PAGE}retry/")):
            assert answer.status_code in (302, 403)
            assert "运行正常" not in answer.content.decode()
    assert Client().get(PAGE).status_code == 302
    assert Job.objects.filter(state=JobState.FAILED).exists()


def test_the_queue_is_judged(db) -> None:
    assert _by_label()["任务队列"].level is Level.GOOD
    _job(JobState.WAITING, due=AT - timedelta(minutes=9))
    assert _by_label()["任务队列"].level is Level.WARN
    assert "最久 9 分钟" in _by_label()["任务队列"].said
    _job(JobState.RUNNING, due=AT, started_at=AT - timedelta(hours=1))
    assert _by_label()["任务队列"].level is Level.BAD
    assert _by_label()["定时任务"].level is Level.BAD
    _job(JobState.DONE, due=AT, kind="outbox.duty", finished_at=AT - timedelta(minutes=5))
    assert _by_label()["定时任务"].level is Level.GOOD
    assert _by_label()["邮件和短信"].level is Level.GOOD
    _job(JobState.WAITING, due=AT, kind="inforequests.send_reminders", attempts=2)
    assert _by_label()["邮件和短信"].level is Level.WARN


def test_backups_are_judged(db, settings, tmp_path) -> None:
    settings.GONGKAI_BACKUP_DIR = tmp_path
    assert _by_label()["备份"].level is Level.BAD

    def after(hours: float, **told: object) -> looking.Condition:
        at = AT - timedelta(hours=hours)
        note(tmp_path, Run(at.isoformat(), "/srv/backup", "restic", "1", 5, 2, 3000, **told))
        return _by_label()["备份"]

    assert after(60, verified=True).level is Level.BAD
    assert after(30).level is Level.WARN
    assert after(2).level is Level.GOOD
    assert "2.9 KB" in after(1).said
    failed = after(0, fault="备份目录写不进去")
    assert failed.level is Level.BAD
    assert "写不进去" in failed.said
    (tmp_path / "runs.jsonl").open("a").write("half a line{\n")
    assert len(noted(tmp_path)) == 5


def test_what_cannot_be_looked_at_is_told_and_the_rest_is_looked_at(db) -> None:
    def broken(at: datetime) -> list:
        raise OperationalError("server closed the connection\nDETAIL: secret")

    with patch.dict(looking._LOOKS, {"操作日志": broken}):
        found = _by_label()
    assert found["操作日志"].level is Level.BAD
    assert "secret" not in found["操作日志"].said
    assert "版本" in found


def test_a_missing_holiday_year_is_told(db) -> None:
    assert _by_label()["放假通知"].level is Level.GOOD
    assert _by_label(datetime(2031, 3, 1, tzinfo=UTC))["放假通知"].level is Level.BAD


def test_anybody_may_ask_whether_we_live_and_only_some_how(db, settings) -> None:
    client = Client(HTTP_HOST="10.0.0.9")  # a load balancer asks by address
    assert client.get("/healthz", REMOTE_ADDR="203.0.113.9").content == b"ok\n"
    for path in ("/readyz", "/metrics"):
        for given in (
            {"REMOTE_ADDR": "203.0.113.9"},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1, 203.0.113.9"},
        ):
            answer = client.get(path, **given)
            assert (answer.status_code, answer.content) == (404, b"")
    settings.GONGKAI_METRICS_FROM = ("203.0.113.0/24",)
    assert client.get("/readyz", REMOTE_ADDR="203.0.113.9").status_code == 200
    assert client.post("/healthz").status_code != 200


def test_readiness_is_false_where_the_database_is_not(db) -> None:
    client = Client()
    ready = client.get("/readyz")
    assert json.loads(ready.content) == {
        "ready": True,
        "checks": {"database": True, "migrations": True, "disk": True, "outbox": True},
    }
    with patch.object(looking, "lacking_migrations", side_effect=OperationalError("gone")):
        assert client.get("/readyz").status_code == 503
    with patch.object(looking, "lacking_migrations", return_value=["orgs.9999_next"]):
        assert client.get("/readyz").status_code == 503
        assert "9999" not in client.get("/healthz").content.decode()


def test_figures_are_as_prometheus_reads_them(db) -> None:
    _job(JobState.WAITING, due=timezone.now() - timedelta(hours=2))
    text = Client().get("/metrics").content.decode()
    figures = {}
    for line in text.splitlines():
        name, _, value = line.rpartition(" ")
        assert name not in figures
        figures[name] = float(value)
    assert figures['gongkai_outbox_jobs{state="late"}'] == 1
    assert figures["gongkai_outbox_lateness_seconds"] >= 7200
    assert figures["gongkai_backup_ok"] in (0, 1)
    assert figures['gongkai_disk_free_bytes{place="data"}'] > 0


@pytest.fixture
def time_server():
    """Answer one question a test as a server whose clock is two minutes ahead; or wrongly."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        line.settimeout(10)
        told = {"address": f"127.0.0.1:{line.getsockname()[1]}", "mark": None}

        def answer() -> None:
            asked, whom = line.recvfrom(100)
            seconds = int(timezone.now().timestamp()) + 120 + 2_208_988_800
            stamp = seconds.to_bytes(4, "big") + bytes(4)
            line.sendto(
                b"\x24\x02" + bytes(22) + (told["mark"] or asked[40:48]) + stamp + stamp, whom
            )

        thread = threading.Thread(target=answer)
        thread.start()
        yield told
        thread.join(10)


def test_a_clock_that_is_wrong_is_found(db, settings, time_server) -> None:
    settings.GONGKAI_TIME_SERVER = time_server["address"]
    clock = _by_label()["时钟"]
    assert clock.level is Level.BAD
    assert 118 <= clock.figures["gongkai_clock_drift_seconds"] <= 121


def test_an_answer_to_another_question_is_refused(time_server) -> None:
    time_server["mark"] = bytes(8)
    with pytest.raises(timeserver.TimeUnknown):
        timeserver.offset(time_server["address"])


def test_sizes_and_spans_are_said() -> None:
    assert [size(0), size(2048), size(5 * 1024**3)] == ["0 字节", "2.0 KB", "5.0 GB"]
    assert [span(None), span(timedelta(seconds=9)), span(timedelta(days=2))] == [
        "0 秒",
        "9 秒",
        "2 天",
    ]
