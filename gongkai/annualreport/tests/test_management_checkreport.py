"""`gongkai checkreport`: the contract's JSON, the exit codes, Chinese on bad input."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gongkai.adapters.tests.makers import text_file
from gongkai.annualreport.tests.specimens import report, twin, year_faults
from gongkai.annualreport.tests.test_rules_check import REFERENCE
from gongkai.tables.editions import EDITIONS


def run(*arguments):
    """Return the exit code and what was printed."""
    out = StringIO()
    try:
        call_command("checkreport", *map(str, arguments), stdout=out)
    except SystemExit as left:
        return left.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def clean(tmp_path):
    path = tmp_path / "clean.txt"
    path.write_bytes(text_file(twin(EDITIONS["2021"], 1).report.document))
    return path


def test_reference_in_json():
    code, printed = run(REFERENCE, "--format", "json")
    (told,) = json.loads(printed)
    assert code == 1
    assert set(told) == {
        "path", "organ", "year", "edition", "tables", "findings", "figures",
    }  # fmt: skip
    assert set(told["tables"]) == {"proactive", "requests", "remedies"}
    assert told["tables"]["proactive"]["T2.9.1"]["c2"] == {"value": "20063.4964", "unit": "万元"}
    assert told["tables"]["remedies"]["r1"] is None
    assert told["tables"]["requests"]["1"]["t"] == 29
    assert {tuple(sorted(finding)) for finding in told["findings"]} == {
        ("column", "expected", "found", "message", "row", "rule", "severity", "table")
    }
    assert {tuple(sorted(figure)) for figure in told["figures"]} == {
        ("agrees", "measure", "reading", "table_value", "text", "unit", "value")
    }


def test_reference_in_text():
    code, printed = run(REFERENCE)
    assert code == 1
    for words in ("靖安县", "2019 年格式", "表三", "（七）总计", "警告 7 处", "县本级"):
        assert words in printed


def test_a_clean_report_exits_0(clean):
    code, printed = run(clean)
    assert (code, "未发现问题" in printed) == (0, True)


def test_a_file_that_is_no_report_does_not_stop_the_others(clean, tmp_path):
    notice = tmp_path / "notice.txt"
    notice.write_text("关于召开会议的通知", encoding="utf-8")
    code, printed = run(notice, clean, "--format", "json")
    told = json.loads(printed)
    assert code == 0
    assert set(told[0]) == {"path", "error"}
    assert "年度报告" in told[0]["error"]
    assert told[1]["year"] == 2023


def test_nothing_readable_exits_2(tmp_path):
    code, printed = run(tmp_path / "none.txt", "--format", "json")
    assert code == 2
    assert "路径" in json.loads(printed)[0]["error"]


def test_last_years_report_is_given(tmp_path):
    agrees, spoiled, *_ = year_faults(EDITIONS["2019"], 3)
    this, last = tmp_path / "this.txt", tmp_path / "last.txt"
    this.write_bytes(text_file(agrees.report.document))
    for specimen, code, rules in ((agrees, 0, set()), (spoiled, 1, {"V5"})):
        told = report(specimen.last_year, prose_of=agrees.report.sheet)
        last.write_bytes(text_file(told.document))
        left, printed = run(this, "--last-year", last, "--format", "json")
        found = {finding["rule"] for finding in json.loads(printed)[0]["findings"]}
        assert (left, found) == (code, rules)


def test_an_unreadable_last_year_is_refused(clean, tmp_path):
    with pytest.raises(CommandError, match="上一年度报告"):
        run(clean, "--last-year", tmp_path / "none.docx")


def test_the_whole_command_is_quick():
    before = os.times()
    call = "from gongkai.config.cli import main; main()"
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", call, "checkreport", str(REFERENCE)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    after = os.times()
    assert done.returncode == 1, done.stderr
    spent = after.children_user + after.children_system
    assert spent - before.children_user - before.children_system < 2
