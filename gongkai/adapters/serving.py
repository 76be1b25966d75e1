"""Serving over HTTP with granian, WSGI, two workers (stack: measured ahead of the rest)."""

import os
import subprocess
import sys


def start_beside(*arguments: str) -> None:
    """Start a `gongkai` command that runs beside this process and ends when it ends."""
    program = [sys.executable, "-c", "from gongkai.config.cli import main; main()", *arguments]
    subprocess.Popen(program, stdin=subprocess.DEVNULL)  # noqa: S603 -- our own command


def serve(application: str, port: int, *, host: str = "127.0.0.1", workers: int = 2) -> None:
    """Replace this process by the server, so that signals and exit status are its own."""
    arguments = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--no-ws",
        "--blocking-threads",
        "4",  # requests at work in one worker; more wait their turn
        "--backpressure",
        "16",
        "--workers-kill-timeout",
        "20",  # seconds: a connection kept open by a visitor must not hold up a restart
        "--log-level",
        "warning",
        application,
    ]
    os.execv(sys.executable, arguments)  # noqa: S606 -- our own interpreter, no shell
