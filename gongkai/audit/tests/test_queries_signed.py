"""Signed anchors and exports: an outsider's script finds every kind of tampering."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from gongkai.adapters.signing import NoSigner, SigningKeyError, is_signed, make_key, signer_in
from gongkai.audit.actions import anchor, keep_files
from gongkai.audit.models import AppendOnly, Event
from gongkai.audit.queries import FaultKind, verify
from gongkai.audit.rules import anchor_digest, event_digest
from gongkai.audit.tests.factories import lift_guards, record_events, run

SCRIPT = Path(configured.BASE_DIR) / "deploy" / "verify_audit.py"
Lines = dict[str, list[Any]]


@pytest.fixture
def signing(tmp_path: Path, settings: Any) -> str:
    """Give the installation a key and a folder of anchors; return the public key."""
    settings.GONGKAI_SIGNING_KEY = tmp_path / "keys" / "signing.pem"
    settings.GONGKAI_ANCHOR_DIR = tmp_path / "anchors"
    return make_key(settings.GONGKAI_SIGNING_KEY).public


@pytest.fixture
def two_days(db: None, signing: str) -> str:
    """Make a log of two signed days and a third that is not anchored yet."""
    for day in (2, 3):
        record_events("czj", 3, start=datetime(2026, 3, day, 1, tzinfo=UTC))
        record_events("slj", 2, start=datetime(2026, 3, day, 2, tzinfo=UTC))
        anchor(date(2026, 3, day), at=datetime(2026, 3, day, 17, tzinfo=UTC))
    record_events("czj", 2, start=datetime(2026, 3, 4, 1, tzinfo=UTC))
    return signing


def read(folder: Path) -> Lines:
    """Return the lines of an export by file."""
    return {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").open("rb")]
        for name in ("events", "anchors", "manifest")
    }


def outsider() -> ModuleType:
    """Load the script as it is shipped."""
    told = importlib.util.spec_from_file_location("verify_audit", SCRIPT)
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


def rechain(lines: Lines, chain: str) -> None:
    """Make every digest of a chain, the anchors and the manifest fit, as a careful forger would."""
    before = ""
    for number, line in enumerate(
        (line for line in lines["events"] if line["event"]["chain"] == chain), 1
    ):
        line["event"]["sequence"], line["previous"] = number, before
        before = line["digest"] = event_digest(line["event"], before)
    ends = {
        line["event"]["sequence"]: line["digest"]
        for line in lines["events"]
        if line["event"]["chain"] == chain
    }
    previous = ""
    for one in lines["anchors"]:
        length = one["heads"][chain][0]
        one["heads"][chain] = [length, ends.get(length, "")]
        one["previous"] = previous
        previous = one["digest"] = anchor_digest(
            date.fromisoformat(one["day"]), one["heads"], previous
        )
    lines["manifest"][0] |= {"last_anchor": previous}
    lines["manifest"][0]["heads"][chain] = [max(ends), before]


def change(lines: Lines) -> None:
    lines["events"][1]["event"]["reason"] = "改"


def drop_in_the_middle(lines: Lines) -> None:
    del lines["events"][1]


def drop_at_the_end(lines: Lines) -> None:
    """Take away the last event of a chain, which no anchor covers yet, and its head."""
    last = [line for line in lines["events"] if line["event"]["chain"] == "czj"][-1]
    lines["events"].remove(last)
    lines["manifest"][0]["heads"]["czj"] = [7, last["previous"]]


def reorder(lines: Lines) -> None:
    lines["events"][0], lines["events"][1] = lines["events"][1], lines["events"][0]


def rewrite(lines: Lines) -> None:
    change(lines)
    rechain(lines, "czj")


def rewrite_without_signatures(lines: Lines) -> None:
    rewrite(lines)
    for one in lines["anchors"]:
        one["signature"] = ""


def forge_an_anchor(lines: Lines) -> None:
    other = dict(lines["anchors"][1], day="2026-03-03", previous=lines["anchors"][0]["digest"])
    other["heads"] = {**other["heads"], "slj": [2, lines["anchors"][0]["heads"]["slj"][1]]}
    other["digest"] = anchor_digest(date(2026, 3, 3), other["heads"], other["previous"])
    lines["anchors"][1] = other
    lines["manifest"][0]["last_anchor"] = other["digest"]


def drop_an_anchor(lines: Lines) -> None:
    lines["manifest"][0]["last_anchor"] = lines["anchors"][0]["digest"]
    del lines["anchors"][1]


def strip_a_signature(lines: Lines) -> None:
    lines["anchors"][1]["signature"] = ""


def test_an_export_is_verified_by_the_script_alone(
    two_days: str, tmp_path: Path, capsys: Any
) -> None:
    folder = tmp_path / "export"
    call_command("auditexport", str(folder))
    assert two_days in capsys.readouterr().out
    assert len(SCRIPT.read_text("utf-8").splitlines()) <= 60
    command = [sys.executable, "-I", str(folder / "verify_audit.py"), str(folder), two_days]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)  # noqa: S603
    assert (done.returncode, done.stdout.strip()) == (0, "记录、锚定和签名全部相符。")
    assert len(read(folder)["events"]) == Event.objects.count()
    with pytest.raises(CommandError, match="不是空的"):
        call_command("auditexport", str(folder))


@pytest.mark.parametrize(
    "tamper",
    [
        *(change, drop_in_the_middle, drop_at_the_end, reorder, rewrite),
        *(rewrite_without_signatures, forge_an_anchor, drop_an_anchor, strip_a_signature),
    ],
)
def test_the_script_finds_what_was_tampered_with(
    two_days: str, tmp_path: Path, tamper: Callable[[Lines], None]
) -> None:
    call_command("auditexport", str(tmp_path / "export"), format="json")
    lines = read(tmp_path / "export")
    faults = outsider().faults
    whole = [*faults(lines["events"], lines["anchors"], *lines["manifest"], [two_days])]
    assert whole == []
    tamper(lines)
    assert [*faults(lines["events"], lines["anchors"], *lines["manifest"], [two_days])]


def test_another_key_is_not_the_offices(two_days: str, tmp_path: Path) -> None:
    call_command("auditexport", str(tmp_path / "export"))
    lines = read(tmp_path / "export")
    stranger = make_key(tmp_path / "other.pem").public
    found = [*outsider().faults(lines["events"], lines["anchors"], *lines["manifest"], [stranger])]
    assert "清单没有有效签名" in found
    assert "2026-03-02 的锚定没有有效签名" in found


def test_we_find_forged_signatures_and_files_too(two_days: str, settings: Any) -> None:
    folder = Path(settings.GONGKAI_ANCHOR_DIR)
    assert (keep_files(folder), keep_files(folder)) == (2, 0)
    assert verify().faults == []
    kept = folder / "2026-03-02.json"
    kept.write_bytes(kept.read_bytes().replace(b'"czj":[3', b'"czj":[2'))
    (folder / "2026-03-01.json").write_bytes(b"{")
    lift_guards()
    run("UPDATE audit_anchorsignature SET signature = 'AAAA' WHERE anchor_id = 2 OR 1 = 1")
    found = [fault.message for fault in verify().faults if fault.kind == FaultKind.SIGNATURE]
    assert found == [
        "2026-03-02 的锚定签名不符，锚定或者签名已被改动",
        "2026-03-03 的锚定签名不符，锚定或者签名已被改动",
        "2026-03-01 的锚定与锚定文件夹中的 2026-03-01.json 不一致",
        "2026-03-02 的锚定与锚定文件夹中的 2026-03-02.json 不一致",
        "2026-03-03 的锚定与锚定文件夹中的 2026-03-03.json 不一致",
    ]


def test_signatures_only_grow_and_a_new_key_is_told(two_days: str, settings: Any) -> None:
    from gongkai.audit.models import AnchorSignature

    with pytest.raises(AppendOnly):
        AnchorSignature.objects.all().delete()
    Path(settings.GONGKAI_SIGNING_KEY).rename(f"{settings.GONGKAI_SIGNING_KEY}.old")
    newer = make_key(Path(settings.GONGKAI_SIGNING_KEY)).public
    anchor(date(2026, 3, 4), at=datetime(2026, 3, 4, 17, tzinfo=UTC))
    told = Event.objects.filter(verb="audit.use_key").order_by("sequence")
    assert [event.after["public"] for event in told] == [two_days, newer]
    assert verify().faults == []


def test_keys_are_refused_that_others_may_read(tmp_path: Path) -> None:
    path = tmp_path / "signing.pem"
    public = make_key(path).public
    assert isinstance(signer_in(tmp_path / "none"), NoSigner)
    signature = signer_in(path).sign(b"text")
    assert is_signed(b"text", signature, public)
    assert not is_signed(b"texT", signature, public)
    assert not is_signed(b"text", "字", public)
    with pytest.raises(SigningKeyError, match="不会覆盖"):
        make_key(path)
    path.chmod(0o644)
    with pytest.raises(SigningKeyError, match="chmod 600"):
        signer_in(path)
    path.chmod(0o600)
    path.write_text("no key")
    with pytest.raises(SigningKeyError, match="不是可用的签名密钥"):
        signer_in(path)
