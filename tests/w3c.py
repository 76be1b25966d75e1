"""Puts the demo's public pages through the W3C checker (vnu): `make vnu`.

Walks the site from its home as a reader would, without a server, and has one Java process read
what it found. Needs `java` and vnu.jar (npm install vnu-jar): without them it says so and ends.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import django
import lxml.html

HOST = "127.0.0.1"
JARS = (
    os.environ.get("VNU_JAR", ""),
    "node_modules/vnu-jar/build/dist/vnu.jar",
    "/usr/share/java/vnu.jar",
)
# What no link of the home leads to.
DOORS = (
    "/",
    "/sousuo/",
    "/sousuo/?ci=通知",
    "/sousuo/?ci=无此一词",
    "/tiyanqu/",
    "/jiucuo/",
    "/jiucuo/chaxun/",
    "/zwgk/tsjb/",
    "/zwgk/tsjb/chaxun/",
    "/wzdt/",
    "/zwgk/not-there/",
)
# No pages, or without end: every filter of the search leads to more of them.
BEYOND = ("/static/", "/staff/", "/sousuo/")
MOST = int(os.environ.get("VNU_PAGES", "400"))


def say(line: str) -> None:
    """Write a line out."""
    sys.stdout.write(f"{line}\n")


def walk(most: int) -> dict[str, str]:
    """Return the pages of the site by address, at most so many, those nearest the home first."""
    from django.test import Client

    found: dict[str, str] = {}
    waiting, known = deque(DOORS), set(DOORS)
    while waiting and len(found) < most:
        address = waiting.popleft()
        answer = Client().get(address, headers={"host": HOST})
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        html = answer.content.decode()
        if not html:  # a redirection
            continue
        found[address] = html
        for link in lxml.html.fromstring(html).iterlinks():
            _, attribute, target, _ = link
            whole = urldefrag(urljoin(address, target)).url
            parts = urlsplit(whole)
            own = attribute == "href" and not parts.netloc and not parts.scheme
            if own and not whole.startswith(BEYOND) and whole not in known:
                known.add(whole)
                waiting.append(whole)
    return found


def judge(pages: dict[str, str], jar: str) -> list[str]:
    """Return what the checker says of the pages, a line each."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (address, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(html)
            names[path.as_uri()] = address
        command = [
            "java",
            "-jar",
            jar,
            "--format",
            "json",
            "--stdout",
            "--exit-zero-always",
            folder,
        ]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = []
    for each in json.loads(told.stdout)["messages"]:
        address = names.get(each.get("url", "").replace("file:/", "file:///", 1), "")
        address = address or names.get(each.get("url", ""), each.get("url", ""))
        kind = each.get("subType", each["type"])
        lines.append(f"{kind}: {address}:{each.get('lastLine', '')} {each['message']}")
    return sorted(lines)


def main() -> int:
    """Check the demo; 1 when the checker finds an error."""
    jar = next((each for each in JARS if each and Path(each).is_file()), None)
    if shutil.which("java") is None or jar is None:
        say("vnu: not checked. It needs java (apt install default-jre-headless) and vnu.jar")
        say("vnu: (npm install vnu-jar here, or VNU_JAR=its path).")
        return 0
    django.setup()
    pages = walk(MOST)
    lines = judge(pages, jar)
    errors = [line for line in lines if line.startswith(("error", "fatal", "non-document-error"))]
    for line in lines:
        say(line)
    say(f"vnu: {len(pages)} pages, {len(errors)} errors, {len(lines) - len(errors)} other remarks")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
