"""Commands where the database is missing, empty or real: one Chinese line and exit code 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SETTINGS = """
from gongkai.config.settings.demo import *
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": {name!r}}}}}
"""
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize(
    "command", [["report", "--year", "2020", "--organ", "靖安县人民政府"], ["rebuild", "--check"]]
)
def test_a_database_that_is_not_there_is_told_in_a_line(tmp_path, command, there):
    """The settings are told by `--settings`, which must win over what the shell has set."""
    name = tmp_path / ("empty.sqlite3" if there else "nowhere/empty.sqlite3")
    (tmp_path / "elsewhere.py").write_text(SETTINGS.format(name=str(name)), encoding="utf-8")
    told = ["--settings", "elsewhere", "--pythonpath", str(tmp_path)]
    made = subprocess.run(
        [sys.executable, "-c", "from gongkai.config.cli import main; main()", *command, *told],
        capture_output=True, text=True, cwd=ROOT, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings.test"},
    )  # fmt: skip
    assert made.returncode == 2
    assert made.stderr.startswith("错误：数据库不能使用（")
    assert "gongkai migrate" in made.stderr
    assert len(made.stderr.splitlines()) == 1


@pytest.mark.django_db
def test_real_records_are_never_flushed(settings):
    settings.GONGKAI_MAY_FLUSH = False
    with pytest.raises(CommandError, match="操作日志不能清空"):
        call_command("flush", interactive=False)
