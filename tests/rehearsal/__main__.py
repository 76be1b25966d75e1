"""Rehearse: a primary and a replica, two web processes, two workers, writers; then a power cut.

Proved and printed: reads of the public are answered by the replica, one that lags is left out, each
job is done once by two workers, nothing acknowledged is lost when the primary is killed in the
middle of writing and the replica promoted, and everything goes on by itself afterwards.

Run under deploy/with_postgresql.sh, whose server lends the migrated database (`make rehearsal`).
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import psycopg

from tests.rehearsal.servers import OWNER, Server, program, ran
from tests.rehearsal.writer import write

SECONDS = float(os.environ.get("GONGKAI_REHEARSAL_SECONDS", "6"))  # of writing before and after
JOBS = 300
WRITERS = ("jingan-slj", "jingan-czj", "jingan-lwx")
PORTS = (18471, 18472)
ROOT = Path(__file__).resolve().parents[2]


class Failed(AssertionError):
    """The rehearsal found something amiss."""


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def sure(holds: bool, what: str) -> None:
    """Print what holds.

    Raises:
        Failed: it does not.
    """
    if not holds:
        raise Failed(what)
    say(f"  ok  {what}")


def migrated(primary: Server) -> None:
    """Fill the primary from the migrated database of the tests."""
    lent = {**os.environ, "GONGKAI_TEST_DATABASE": "postgresql"}
    lent["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings.test"
    told = subprocess.run(
        [sys.executable, "-c", _MIGRATED], env=lent, cwd=ROOT, capture_output=True, text=True
    )
    if told.returncode:
        raise Failed(told.stderr[-2000:])
    name = told.stdout.split()[-1]
    dump = subprocess.run(
        [program("pg_dump"), "--no-owner", "--no-privileges", name],
        env=lent,
        check=True,
        capture_output=True,
    )
    ran(program("createdb"), "-h", str(primary.place), "-U", "gongkai", "gongkai")
    subprocess.run(
        [program("psql"), "-q", "-h", str(primary.place), "-U", "gongkai", "gongkai"],
        input=dump.stdout,
        check=True,
        stdout=subprocess.DEVNULL,
    )


_MIGRATED = """
import django; django.setup()
from tests import migrated
migrated.make(); print(migrated.name())
"""


def both(primary: Server, replica: Server) -> None:
    """Let the environment name both servers, for this process and all it starts."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="tests.rehearsal.settings",
        GONGKAI_TEST_DATABASE="postgresql",
        PGHOST=f"{primary.place},{replica.place}",
        PGPORT="5432,5432",
        PGUSER="gongkai",
        PGDATABASE="gongkai",
        PGTARGETSESSIONATTRS="read-write",
        GONGKAI_REPLICA_HOST=str(replica.place),
    )


def started(stack: ExitStack, *command: str, **given: object) -> subprocess.Popen[bytes]:
    """Start a process of ours that ends with the rehearsal."""
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, start_new_session=True, **given
    )  # type: ignore[call-overload]
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process


def forked(stack: ExitStack, log: Path, work: Callable[[], object]) -> int:
    """Do some work in a process of its own, a copy of this one; return its number."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setsid()
            # What it says while the server is away is for who looks into a failure.
            said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(said, 1)
            os.dup2(said, 2)
            work()
            status = 0
        finally:
            os._exit(status)
    stack.callback(os.waitpid, child, 0)
    stack.callback(os.kill, child, signal.SIGKILL)
    return child


def web(stack: ExitStack, log: Path, port: int) -> None:
    """Start a web process."""
    said = stack.enter_context(log.open("ab"))
    started(
        *(stack, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws"),
        *("--backpressure", "16", "--log-level", "warning"),
        "gongkai.config.wsgi:application",
        stdout=said,
        stderr=said,
    )


def asked(port: int, path: str) -> int:
    """Return the status of an answer; 0 when there is none."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def until(holds: Callable[[], object], seconds: float, what: str) -> float:
    """Wait until something holds; return how long it took.

    Raises:
        Failed: it does not hold in time.
    """
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > seconds:
            raise Failed(f"not within {seconds} s: {what}")
        time.sleep(0.1)
    return time.monotonic() - begun


def a_county() -> None:
    """Open a county with its site, whose home is what the public reads."""
    from gongkai.audit import SYSTEM
    from gongkai.orgs.tests.factories import AT, make_county
    from gongkai.portal.actions import Profile, open_site

    county = make_county().county
    profile = Profile(name="靖安县人民政府", sponsor="靖安县人民政府", demonstration=True)
    open_site(county, profile, hostname="127.0.0.1", port=80, by=SYSTEM, at=AT)


def put_jobs(first: int) -> None:
    """Put jobs that count themselves."""
    from django.utils import timezone

    from gongkai.outbox.actions import put
    from tests.rehearsal.counted.apps import KIND

    for number in range(first, first + JOBS):
        put(KIND, {"number": number}, at=timezone.now())


def done_jobs(server: Server) -> Counter[str]:
    """Return how often each job was done."""
    rows = server.ask("SELECT target FROM audit_event WHERE verb = 'rehearsal.count'")
    return Counter(target for (target,) in rows)


def reads_are_answered_elsewhere(replica: Server) -> None:
    """Ask for public pages; count what the replica has answered meanwhile."""
    count = "SELECT 0, sum(seq_scan + coalesce(idx_scan, 0)) FROM pg_stat_user_tables"
    before = replica.ask(count)[0][1]
    statuses = [asked(port, "/") for _ in range(5) for port in PORTS]
    time.sleep(1.5)  # statistics are told once a second
    after = replica.ask(count)[0][1]
    sure(set(statuses) == {200}, f"two web processes answer: {Counter(statuses)}")
    sure(after - before >= 50, f"the replica answered the public: {after - before} scans")


def lag_is_noticed(primary: Server, replica: Server) -> None:
    """Hold the replica up; it must be left out, and taken back when it has caught up."""
    from gongkai.config import routing

    health = routing.Health()
    sure(health.usable(), "the replica is well and asked")
    replica.ask("SELECT pg_wal_replay_pause()")
    routing_lag, routing.LAG, routing.LOOKED = routing.LAG, 1.0, 0.0
    # Nothing waits for it yet: it is made synchronous only afterwards.
    from gongkai.audit import SYSTEM
    from gongkai.orgs.actions import rename
    from gongkai.orgs.models import Organ

    organ = Organ.objects.get(code="jingan-czj")
    from gongkai.orgs.tests.factories import AT

    rename(organ, full_name="靖安县财政管理局", short_name="财政局", on=AT.date(), by=SYSTEM, at=AT)
    took = until(lambda: not health.usable(), 20, "a replica that lags is left out")
    replica.ask("SELECT pg_wal_replay_resume()")
    back = until(health.usable, 20, "a replica that has caught up is asked again")
    routing.LAG = routing_lag
    sure(True, f"a lagging replica was left out after {took:.1f} s, taken back after {back:.1f} s")


def acknowledged(folder: Path) -> list[tuple[float, str, str, int, str]]:
    """Return what the writers were told: moment, organ, id, length and head of the chain."""
    found = []
    for path in sorted(folder.glob("writer-*")):
        for line in path.read_text().splitlines():
            parts = line.split()
            if len(parts) == 4:
                moment, key, length, head = parts
                code = path.name.removeprefix("writer-")
                found.append((float(moment), code, key, int(length), head))
    return found


def nothing_is_lost(told: list[tuple[float, str, str, int, str]], server: Server) -> None:
    """Compare everything acknowledged with what the promoted server holds."""
    there = {str(key) for (key,) in server.ask("SELECT id FROM inforequests_inforequest")}
    lost = [key for _, _, key, _, _ in told if key not in there]
    sure(not lost, f"{len(told)} acknowledged requests, {len(lost)} lost")
    rows = server.ask("SELECT chain, sequence, digest FROM audit_event")
    events = {(chain, sequence): digest for chain, sequence, digest in rows}
    amiss = [code for _, code, _, length, head in told if events.get((code, length)) != head]
    sure(not amiss, f"{len(told)} acknowledged heads of the log, {len(amiss)} missing or other")


def main() -> int:
    """Rehearse; return the exit status."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gk-", dir="/tmp")))
        place.chmod(0o755)
        servers = [Server(place / name) for name in ("a", "b")]
        for server in servers:
            server.place.mkdir()
            if OWNER:
                subprocess.run(["chown", OWNER, str(server.place)], check=True)
            stack.callback(server.stop)
        try:
            rehearse(stack, place, *servers)
        except Failed as error:
            say(f"  NO  {error}")
            return 1
    return 0


def rehearse(stack: ExitStack, place: Path, primary: Server, replica: Server) -> None:
    """Go through it all."""
    say("1. a primary, and a replica streamed to")
    primary.make()
    primary.start()
    migrated(primary)
    replica.copy_of(primary)
    replica.start()
    both(primary, replica)
    import django

    django.setup()
    a_county()

    say("2. two web processes, two workers")
    for port in PORTS:
        web(stack, place / "log", port)
    from django.core.management import call_command

    for _ in range(2):
        forked(stack, place / "log", lambda: call_command("tick", stay=True))
    for port in PORTS:
        until(lambda port=port: asked(port, "/healthz") == 200, 300, f"web process {port}")
    reads_are_answered_elsewhere(replica)
    lag_is_noticed(primary, replica)

    say("3. synchronous from here: a verb returns when the replica has applied it")
    primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.ask("SELECT pg_reload_conf()")
    state = "SELECT sync_state FROM pg_stat_replication"
    until(lambda: primary.ask(state) == [("sync",)], 20, "the replica is synchronous")
    put_jobs(0)
    writers = [
        forked(stack, place / "log", lambda code=code: write(code, place / f"writer-{code}"))
        for code in WRITERS
    ]
    until(lambda: len({each[1] for each in acknowledged(place)}) == len(WRITERS), 120, "writing")
    time.sleep(SECONDS)

    say("4. the primary is killed, the replica promoted")
    before = len(acknowledged(place))
    killed = primary.kill()
    replica.promote()
    promoted = time.monotonic() - killed
    told = acknowledged(place)
    nothing_is_lost(told, replica)

    say("5. it goes on by itself")
    from django.utils import timezone

    from gongkai.outbox.actions import recover_stuck

    put_again(JOBS)
    until(lambda: any(each[0] > killed + promoted for each in acknowledged(place)), 60, "writing")
    first = min(each[0] for each in acknowledged(place) if each[0] > killed + promoted)
    time.sleep(SECONDS)
    for writer in writers:
        os.kill(writer, signal.SIGKILL)
    # Jobs that were in hand at the kill: `gongkai tick` of the timer puts them back after half an
    # hour; nobody waits that long here.
    recover_stuck(at=timezone.now(), older_than=timedelta(seconds=5))
    until(lambda: len(done_jobs(replica)) == 2 * JOBS, 240, "all jobs done")
    twice = [job for job, times in done_jobs(replica).items() if times != 1]
    sure(not twice, f"{2 * JOBS} jobs, two workers: each done once, across the failover")
    for port in PORTS:
        until(lambda port=port: asked(port, "/") == 200, 60, f"web process {port} answers")
    told = acknowledged(place)
    nothing_is_lost(told, replica)
    from django.db import connections

    connections.close_all()
    from gongkai.audit.queries import verify

    found = verify()
    sure(not found.fault_count, f"the log is whole: {found.chains} chains, {found.events} events")
    say(
        f"acknowledged before the kill {before}, in all {len(told)}; promoted after "
        f"{promoted:.1f} s, the first verb acknowledged {first - killed:.1f} s after the kill"
    )


def put_again(first: int) -> None:
    """Put the second half of the jobs to the new primary, as soon as it takes them."""
    from django.db import DatabaseError, connections

    begun = time.monotonic()
    while True:
        try:
            connections.close_all()
            put_jobs(first)
        except (DatabaseError, psycopg.Error):
            if time.monotonic() - begun > 60:
                raise
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    sys.exit(main())
