"""`gongkai report` keeps the contract: JSON to the letter, Chinese errors, no traceback."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gongkai.annualreport import actions
from gongkai.annualreport.tests.factories import JANUARY, OFFICE, frozen_report


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("report", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def report(filled, year):
    return frozen_report(year)


ASK = ("--year", "2020", "--organ", "平安县人民政府")


def test_json_is_the_contract(report):
    value = json.loads(run(*ASK, "--format", "json"))
    assert list(value) == [
        "organ",
        "year",
        "edition",
        "version",
        "frozen_at",
        "sha256",
        "tables",
        "own_level",
        "figures",
    ]
    assert (value["organ"], value["year"], value["edition"]) == ("平安县人民政府", 2020, "2019")
    assert value["version"] == 1
    assert value["sha256"] == report.sha256
    assert value["frozen_at"] == "2021-01-20T10:00:00+08:00"
    assert set(value["tables"]) == {"proactive", "requests", "remedies"}
    assert value["tables"]["requests"]["3.6"]["o4"] == 1
    assert value["tables"]["remedies"]["r5"] == 0
    assert value["own_level"]["requests"]["1"]["t"] == 2
    assert value["figures"]["requests.received"] == {
        "value": 3,
        "numerator": None,
        "denominator": None,
        "unit": "件",
    }


def test_organ_by_code_and_a_units_own_report(report):
    by_code = json.loads(run("--year", "2020", "--organ", "pa", "--format", "json"))
    assert by_code["organ"] == "平安县人民政府"
    unit = json.loads(run("--year", "2020", "--organ", "清溪乡人民政府", "--format", "json"))
    assert unit["tables"] == unit["own_level"]
    assert unit["tables"]["requests"]["1"]["t"] == 1


def test_text_and_html_go_to_the_screen(report):
    text = run(*ASK)
    assert "平安县人民政府2020年政府信息公开工作年度报告" in text
    assert "六、其他需要报告的事项" in text
    assert "一、本年新收政府信息公开申请数量\t2\t0\t0\t0\t1\t0\t3" in text
    assert "<table" in run(*ASK, "--format", "html")


@pytest.mark.parametrize(("kind", "magic"), [("docx", b"PK"), ("xlsx", b"PK")])
def test_files_are_written(report, tmp_path, kind, magic):
    target = tmp_path / f"年报.{kind}"
    run(*ASK, "--format", kind, "-o", str(target))
    assert target.read_bytes().startswith(magic)


def test_published_version_wins_until_the_next_is_out(report):
    actions.publish(report, by=OFFICE, at=JANUARY)
    second = actions.correct(report, reason="补报", by=OFFICE, at=JANUARY)
    prose = second.templates | {"problems": "公开的及时性有待提高，将明确专人负责。"}
    actions.write_prose(second, templates=prose, by=OFFICE, at=JANUARY)
    actions.freeze(second, by=OFFICE, at=JANUARY)
    assert json.loads(run(*ASK, "--format", "json"))["version"] == 1
    assert json.loads(run(*ASK, "--format", "json", "--version", "2"))["version"] == 2
    actions.publish(second, by=OFFICE, at=JANUARY)
    assert json.loads(run(*ASK, "--format", "json"))["version"] == 2
    assert json.loads(run(*ASK, "--format", "json", "--version", "1"))["version"] == 1
    assert "更正理由：补报" in run(*ASK)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--year", "2020", "--organ", "无此机关"), "请核对机关全称或代码"),
        (("--year", "2019", "--organ", "平安县人民政府"), "先开启该年度"),
        ((*ASK, "--version", "7"), "现有版本：1"),
        ((*ASK, "--format", "pdf"), "请用 -o 指定文件"),
        ((*ASK, "--format", "json", "-o", "/nowhere/at/all.json"), "不能写入"),
    ],
)
def test_bad_input_ends_in_one_clear_line(report, arguments, word):
    with pytest.raises(CommandError, match=word) as refused:
        run(*arguments)
    assert refused.value.returncode == 2


def test_draft_is_never_printed(filled, year):
    with pytest.raises(CommandError, match="还没有定稿"):
        run(*ASK)
