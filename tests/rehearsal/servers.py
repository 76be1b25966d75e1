"""Two PostgreSQL servers on local sockets: a primary, and a replica that is streamed to."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg

OWNER = "postgres" if os.getuid() == 0 else None
_SETTINGS = (
    "listen_addresses=''",
    "wal_level=replica",
    "hot_standby=on",
    "max_wal_senders=4",
    "synchronous_commit=remote_apply",
    "max_connections=60",
    "wal_receiver_status_interval=1s",
    "wal_retrieve_retry_interval=500ms",
)


def program(name: str) -> str:
    """Return the newest of PostgreSQL's programs of a name."""
    return str(sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[-1])


def ran(*command: str, check: bool = True) -> str:
    """Run a program as who may own a server; return what it said."""
    if OWNER:
        command = ("setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups", *command)
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise RuntimeError(f"{command[-1]}: {done.stderr}")
    return done.stdout


class Server:
    """One server in a folder; its socket lies there, too."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._data = place / "data"

    def make(self) -> None:
        """Make an empty cluster."""
        ran(
            *(program("initdb"), "-D", str(self._data), "-U", "gongkai"),
            *("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        )

    def copy_of(self, other: "Server") -> None:
        """Make a replica of another server, which goes on streaming from it."""
        ran(
            *(program("pg_basebackup"), "-h", str(other.place), "-U", "gongkai"),
            *("-D", str(self._data), "-R", "-X", "stream", "-c", "fast", "--no-sync"),
        )

    def start(self) -> None:
        """Start and wait until it answers."""
        options = " ".join(f"-c {each}" for each in _SETTINGS)
        ran(
            *(program("pg_ctl"), "-D", str(self._data), "-w", "-l", str(self.place / "log")),
            *("-o", f"-k '{self.place}' {options}", "start"),
        )

    def kill(self) -> float:
        """Kill every process of the server at once, as a power cut does; return the moment."""
        postmaster = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        told = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True
        )
        for pid in (postmaster, *map(int, told.stdout.split())):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        return time.monotonic()

    def promote(self) -> None:
        """Make a replica the primary."""
        ran(program("pg_ctl"), "-D", str(self._data), "-w", "promote")

    def stop(self) -> None:
        """Stop at once, if it runs."""
        ran(program("pg_ctl"), "-D", str(self._data), "-m", "immediate", "stop", check=False)

    def ask(self, statement: str, database: str = "gongkai") -> list[tuple]:
        """Run one statement outside any transaction; return its rows."""
        parameters = {
            "host": str(self.place),
            "port": "5432",
            "user": "gongkai",
            "dbname": database,
        }
        parameters["target_session_attrs"] = "any"  # the environment asks for one that takes writes
        with psycopg.connect(**parameters, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []
