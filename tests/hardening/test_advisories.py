"""The audit of dependencies, against advisories made for it."""

import json
import zipfile
from datetime import date

import pytest

from tests.hardening import advisories
from tests.hardening.advisories import concerns, hits, locked, main

DJANGO = locked()["django"]
TODAY = date(2026, 11, 26)


def advisory(name="Django", ranges=None, versions=(), **more):
    events = ranges or [{"introduced": "0"}]
    told = {
        "package": {"ecosystem": "PyPI", "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": events}],
        "versions": list(versions),
    }
    if ranges is None and versions:
        told["ranges"] = []
    return {
        "id": "PYSEC-2026-1",
        "modified": "2026-11-20T00:00:00Z",
        "summary": "made up",
        "affected": [told],
        **more,
    }


def export(tmp_path, *rows):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as held:
        for number, row in enumerate(rows):
            held.writestr(f"{number}.json", json.dumps(row))
    return path


def test_the_lock_is_read_whole():
    assert {"django", "wagtail", "lxml", "django-allauth", "detect-secrets"} <= set(locked())
    assert "gongkai" not in locked()


@pytest.mark.parametrize(
    ("events", "inside"),
    [
        ([{"introduced": "0"}], True),
        ([{"introduced": "0"}, {"fixed": "2.0"}], False),
        ([{"introduced": "0"}, {"fixed": "2.1"}], True),
        ([{"introduced": "2.0"}, {"last_affected": "2.0"}], True),
        ([{"introduced": "1.0"}, {"last_affected": "1.9"}], False),
        ([{"introduced": "0"}, {"fixed": "1.5"}, {"introduced": "2.0"}, {"fixed": "2.0.1"}], True),
        ([{"fixed": "1.5"}, {"introduced": "0"}], False),
        ([{"introduced": "2.0.post1"}], False),
        ([{"introduced": "0"}, {"fixed": "10"}], True),
        ([{"introduced": "not a version"}], True),
    ],
)
def test_a_version_is_in_a_range_or_not(events, inside):
    assert concerns("2.0", {"ranges": [{"type": "ECOSYSTEM", "events": events}]}) is inside


def test_versions_named_one_by_one_and_ranges_of_commits():
    assert concerns("2.0", {"versions": ["1.9", "2.0"]})
    assert not concerns("2.0", {"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]})


def test_what_concerns_us_ends_with_one(tmp_path, capsys):
    held = advisory(ranges=[{"introduced": "0"}, {"fixed": "999"}])
    assert main([str(export(tmp_path, held)), "--today", "2026-11-26"]) == 1
    told = capsys.readouterr().out
    assert f"django {DJANGO}: PYSEC-2026-1 made up; mended in 999" in told


def test_what_does_not_concern_us_ends_with_none(tmp_path):
    others = (
        advisory(name="no-such-package"),
        advisory(ranges=[{"introduced": "0"}, {"fixed": "1.0"}]),
        advisory(withdrawn="2026-11-21T00:00:00Z"),
        {**advisory(), "affected": [{"package": {"ecosystem": "npm", "name": "django"}}]},
    )
    assert main([str(export(tmp_path, *others)), "--today", "2026-11-26"]) == 0


def test_folders_and_lists_are_read_too(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.json").write_text(json.dumps([advisory(), advisory(name="lxml")]))
    found, count, newest = hits(locked(), advisories.advisories(tmp_path))
    assert ([hit.package for hit in found], count) == (["django", "lxml"], 2)
    assert newest.startswith("2026-11-20")


@pytest.mark.parametrize("text", ["", "{}", "[1]", "PK", '{"id": '])
def test_what_is_no_export_is_told(text, tmp_path, capsys):
    (tmp_path / "all.zip").write_text(text)
    assert main([str(tmp_path / "all.zip")]) == 2
    assert main([str(tmp_path / "missing")]) == 2
    assert "no export" in capsys.readouterr().out


def test_an_old_export_proves_nothing(tmp_path, capsys):
    path = str(export(tmp_path, advisory(name="no-such-package")))
    assert main([path, "--today", "2027-03-01"]) == 2
    assert "older than 30 days" in capsys.readouterr().out
    assert main([path, "--today", "2027-03-01", "--any-age"]) == 0


def test_what_was_judged_holds_until_its_day(tmp_path, monkeypatch):
    told = tmp_path / "accepted.toml"
    told.write_text('[[accepted]]\nid = "CVE-1"\nreason = "not used"\nuntil = 2026-12-31\n')
    assert advisories.accepted(TODAY, told) == {"CVE-1": "not used"}
    assert advisories.accepted(date(2027, 1, 1), told) == {}
    monkeypatch.setattr(advisories, "accepted", lambda today: {"CVE-1": "not used"})
    path = str(export(tmp_path, advisory(aliases=["CVE-1"])))
    assert main([path, "--today", "2026-11-26"]) == 0


def test_the_list_of_judged_ones_can_be_read():
    assert isinstance(advisories.accepted(TODAY), dict)
