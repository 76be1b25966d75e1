"""Slips by the model before a release, and `gongkai trainwording`."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gongkai.adapters.charmodel import ALLOWED, MODEL, NAMES
from gongkai.disclosure.actions import checking
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.tests import factories as make
from gongkai.orgs.models import OrganKind, OrganName

pytestmark = pytest.mark.django_db
SLIP = "<p>对违反定规的单位和个人，依法追究责任。</p>"


@pytest.fixture(autouse=True)
def learned(settings, tmp_path) -> Path:
    """Switch the model on; what is learned stays by itself."""
    settings.GONGKAI_WORDING_MODEL = True
    settings.GONGKAI_WORDING_DIR = tmp_path / "wording"
    return tmp_path / "wording" / "jingan"


@pytest.fixture
def home():
    return make.county()


def train(*arguments: str) -> dict:
    out = StringIO()
    call_command("trainwording", *arguments, "--format=json", stdout=out)
    return json.loads(out.getvalue())


def slips(entry) -> list[tuple[str, str, bool]]:
    return [
        (one.place, one.found, one.blocking)
        for one in checking.check(entry)
        if one.rule.startswith("wording.typo.model")
    ]


def test_a_slip_is_advice_and_does_not_hold_up_a_release(home):
    entry = make.draft(home, make.section(home), body=SLIP)
    assert slips(entry) == [("正文第1段", "定规", False)]
    assert make.forward(entry, EntryState.PUBLISHED).live


def test_tables_and_attachments_are_left_to_the_rules(home):
    row = "<table><tr><td>事项</td><td>对违反定规的单位</td></tr></table>"
    assert slips(make.draft(home, make.section(home), body=row)) == []


def test_a_false_alarm_that_the_county_has_noted_is_not_told_again(home, learned):
    entry = make.draft(home, make.section(home), body=SLIP)
    assert slips(entry)
    learned.mkdir(parents=True)
    (learned / ALLOWED).write_text("违反定规\n", "utf-8")
    assert slips(entry) == []


def test_names_of_organs_and_places_are_learned_former_ones_too(home, learned):
    town = make.department(
        home, "zd", kind=OrganKind.TOWNSHIP, name="靖安县璪都镇人民政府", short_name="璪都镇"
    )
    OrganName.objects.create(
        organ=town,
        full_name="靖安县罗湾乡人民政府",
        short_name="罗湾乡",
        valid_from=town.valid_from,
    )
    told = train()
    names = (learned / NAMES).read_text("utf-8").split()
    assert {"靖安县璪都镇人民政府", "靖安县", "靖安", "璪都镇", "璪都", "罗湾乡"} <= set(names)
    assert told["names"] == len(names)
    assert told["size"] == 0  # nothing published yet
    assert not (learned / MODEL).exists()


def test_what_the_public_sees_is_learned_and_drafts_are_not(home, learned):
    where = make.section(home)
    make.published(home, where, body="<p>璪都镇组织白茶夏季管护。</p>" * 200)
    make.draft(home, where, body="<p>尚未公开的内容。</p>" * 200)
    told = train()
    assert told["texts"] == 1
    assert 2_000 < told["size"] < 3_000
    assert (learned / MODEL).exists()
    assert slips(make.draft(home, where, body=SLIP))  # and the check goes on with it


def test_files_are_learned_and_a_broken_one_is_refused(home, tmp_path):
    plain, broken = tmp_path / "旧稿.txt", tmp_path / "broken.docx"
    plain.write_text("县政府组织开展防汛演练。\n" * 300, "utf-8")
    broken.write_bytes(b"PK\x03\x04")
    assert train("--files-only", str(plain))["size"] == 300 * 11
    with pytest.raises(CommandError, match="无法学习"):
        train(str(broken))


def test_the_county_must_be_plain(home):
    with pytest.raises(CommandError, match="没有代码"):
        train("--county", "none")
    make.county("other", name="他县人民政府", credit_code="11360925014500816X")
    with pytest.raises(CommandError, match="有几个县"):
        train()
    assert train("--county", "jingan")["folder"].endswith("jingan")


def test_no_county_at_all():
    with pytest.raises(CommandError, match="还没有开通县"):
        train()
