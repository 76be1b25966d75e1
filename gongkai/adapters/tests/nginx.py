"""A real nginx on the loopback interface with the configuration that we ship, for tests and bench.

Only what the machine decides is changed: ports, paths, and TLS, which loopback does without.
"""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
HOST = "www.example.gov.cn"


def free_port() -> int:
    """Return a port that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def shipped(folder: Path, site: Path, port: int, service: int) -> str:
    """Return the shipped server's configuration for loopback."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^    ssl_.*\n", "", text, flags=re.MULTILINE)
    for old, new in (
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port};"),
        ("listen [::]:443 ssl http2;", f"listen [::1]:{port};"),
        ("127.0.0.1:8000", f"127.0.0.1:{service}"),
        ("/var/lib/gongkai/site", str(site)),
        ("/etc/nginx/gongkai-", f"{DEPLOY}/nginx-"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return whole(folder, text)


def whole(folder: Path, server: str) -> str:
    """Return a whole configuration around servers."""
    user = "user root;" if os.geteuid() == 0 else ""  # folders of tests are closed to others
    return f"""
        {user} pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off; worker_processes 1;
        events {{ worker_connections 4096; }}
        http {{
            access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000;
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
            fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
            {server}
        }}"""


@contextmanager
def running(folder: Path, configuration: str, port: int) -> Iterator[None]:
    """Run nginx with a configuration until the block ends."""
    place = folder / "nginx.conf"
    place.write_text(configuration, "utf-8")
    assert NGINX
    started = [NGINX, "-p", str(folder), "-c", str(place)]
    with subprocess.Popen(started) as process:  # noqa: S603 -- nginx itself
        try:
            for _ in range(200):
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                assert process.poll() is None, (folder / "error.log").read_text()
                time.sleep(0.02)
            yield
        finally:
            process.terminate()
