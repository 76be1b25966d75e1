"""`gongkai clock`: the contract's vectors, words, exit codes; no database and no settings."""

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import pytest

from gongkai.calendars.management.commands.clock import Command


def run(*arguments: str) -> tuple[int, str, str]:
    """Run `gongkai clock …` in this process; return exit code, output and errors."""
    out, err, code = StringIO(), StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            Command(no_color=True).run_from_argv(["gongkai", "clock", *arguments])
        except SystemExit as left:
            code = int(str(left.code or 0))
    return code, out.getvalue(), err.getvalue()


FULL_CASE = (
    "--received 2026-03-02 --supplement 2026-03-09:2026-03-16"
    " --consult 2026-03-18:2026-03-19:2026-03-25 --consult 2026-03-20:2026-03-23:2026-03-31"
    " --extend 10"
)


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        ("--received 2022-09-30", "2022-11-02"),
        ("--received 2026-03-02 --consult 2026-03-05:2026-03-06:2026-03-12", "2026-04-07"),
        ("--received 2026-03-02 --consult 2026-03-05:2026-03-06:-", "2026-04-22"),
        (FULL_CASE, "2026-05-13"),
        ("--received 2026-03-02 --organ-consult 2026-03-05:2026-03-06:-", "2026-04-22"),
        ("--received 2026-03-02 --fee 2026-03-10:2026-03-20", "2026-04-20"),
        ("--received 2026-03-02 --extend 10:2026-03-30", "2026-04-14"),
        ("--received 2026-03-02 --delay 2026-06-30:2026-03-20", "2026-06-30"),
        ("--received 2026-03-02 --delay 2026-06-30", "2026-06-30"),
    ],
)
def test_vectors(arguments: str, due: str) -> None:
    code, out, err = run("reply", *arguments.split(), "--format", "json")
    assert (code, err) == (0, "")
    value = json.loads(out)
    assert set(value) == {"due_on", "provisional", "workdays", "steps"}
    assert value["due_on"] == due
    assert sum(step["workdays"] for step in value["steps"]) == value["workdays"]
    for step in value["steps"]:
        assert set(step) == {"article", "from", "to", "workdays", "why"}


@pytest.mark.parametrize(
    ("channel", "article"),
    [
        ("网络", "条例第三十一条第三项"),
        ("ONLINE", "条例第三十一条第三项"),
        ("post-signed", "条例第三十一条第二项"),
        ("当面", "条例第三十一条第一项"),
    ],
)
def test_the_channel_is_cited(channel: str, article: str) -> None:
    _code, out, _err = run(
        "reply", "--received", "2026-03-02", "--channel", channel, "--format", "json"
    )
    assert json.loads(out)["steps"][0]["article"] == article


def test_text_tells_the_day_and_the_sum() -> None:
    code, out, _err = run("reply", *FULL_CASE.split())
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "答复期限：2026年5月13日（星期三），第30个工作日。"
    assert "  三、2026年3月17日至2026年3月18日：答复期限第1至第2个工作日，计2个工作日" in out
    assert lines[-1] == "合计：2＋18＋10＝30个工作日。"
    assert "逐日计算" not in out


def test_trace_lists_every_day() -> None:
    _code, out, _err = run("reply", *FULL_CASE.split(), "--trace")
    assert "  2026-05-09 星期六  调休上班，第27个（延长期）" in out
    assert out.rstrip().endswith("2026-05-13 星期三  工作日，第30个（延长期），期限届满")
    _code, out, _err = run("reply", *FULL_CASE.split(), "--trace", "--format", "json")
    traced = json.loads(out)["trace"]
    assert len(traced) == 73
    assert traced[-1]["number"] == 30


def test_a_provisional_day_says_so() -> None:
    _code, out, _err = run("reply", "--received", "2026-12-10")
    assert out.startswith("答复期限：2027年1月8日（星期五），第20个工作日（暂定）。")
    assert "不能写入文书" in out


def test_a_standing_clock_says_what_it_waits_for() -> None:
    _code, out, _err = run("reply", "--received", "2026-03-02", "--fee", "2026-03-10:-")
    assert out.startswith(
        "答复期限：自2026年3月10日起停止计算，等待申请人完成缴费，最迟至2026年4月8日。"
    )
    _code, out, _err = run("reply", "--received", "2026-03-02", "--supplement", "2026-03-04:-")
    assert out.startswith("答复期限：自2026年3月4日起停止计算，等待收到申请人的补正。")
    assert "合计" not in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("", "缺少参数：子命令"),
        ("answer", "不能是 'answer'，只能是：'reply'"),
        ("reply", "缺少参数：--received"),
        ("reply --received 2026-02-30", "没有“2026-02-30”这一天"),
        ("reply --received 02/03/2026", "日期应当写成 2026-03-02 的样子"),
        ("reply --received 20260302", "日期应当写成 2026-03-02 的样子"),
        ("reply --received ２０２６-03-02", "日期应当写成 2026-03-02 的样子"),
        ("reply --received 9999-12-31", "年份应当在1900至2100之间"),
        ("reply --received 2041-01-06", "没有2041年的节假日安排"),
        ("reply --received 2003-06-02", "早于2008年5月1日"),
        ("reply --received 2026-03-02 --channel 电报", "没有“电报”这一渠道"),
        ("reply --received 2026-03-02 --consult 2026-03-05:2026-03-06", "用英文冒号隔开的3个日期"),
        ("reply --received 2026-03-02 --consult x:-:-", "发出日期：日期应当写成"),
        ("reply --received 2026-03-02 --consult 2026-03-05:2026-13-01:-", "送达日期：没有"),
        ("reply --received 2026-03-02 --extend ten", "延长的天数应当是整数"),
        ("reply --received 2026-03-02 --extend 9999999", "延长的天数应当是整数"),
        ("reply --received 2026-03-02 --extend -5", "应当在1至20个工作日之间"),
        ("reply --received 2026-03-02 --extend 21", "应当在1至20个工作日之间"),
        ("reply --received 2026-03-02 --extend 5:2026-03-31", "届满前告知申请人"),
        ("reply --received 2026-03-02 --supplement 2026-03-20:2026-03-22", "最迟应为2026年3月11日"),
        (
            "reply --received 2026-03-02 --supplement 2026-03-04:2026-03-05"
            " --supplement 2026-03-09:2026-03-10",
            "只能填写一次：补正只能一次性告知",
        ),
        ("reply --received 2026-03-02 --format yaml", "只能是：'text', 'json'"),
        ("reply --received 2026-03-02 --colour", "不认识的参数：--colour"),
    ],
)
def test_bad_input_is_one_clear_message_and_exit_2(arguments: str, told: str) -> None:
    code, out, err = run(*arguments.split())
    assert code == 2
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def test_help_is_chinese() -> None:
    code, out, _err = run("reply", "--help")
    assert code == 0
    assert "用法：gongkai clock reply" in out
    assert "收到申请之日（第三十一条）" in out
    for english in ("usage", "options", "show this help", "settings"):
        assert english not in out


def test_runs_without_settings_or_apps() -> None:
    script = (
        "import sys\n"
        "from gongkai.calendars.management.commands.clock import Command\n"
        "Command().run_from_argv(['gongkai', 'clock', *sys.argv[1:]])\n"
        "from django.apps import apps\n"
        "from django.conf import settings\n"
        "assert not apps.ready and not settings.configured\n"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
    ran = subprocess.run(  # noqa: S603  our own interpreter and our own words
        [sys.executable, "-c", script, "reply", "--received", "2022-09-30"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "2022年11月2日" in ran.stdout
