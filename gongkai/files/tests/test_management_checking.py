"""`gongkai checkwording` and `gongkai checkprivacy`, to the letter of the contract."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[3]
ID = "36092519800101002X"
KEYS = ["path", "line", "start", "end", "found", "suggestion", "rule", "level"]


def run(*arguments: str) -> tuple[int, str, str]:
    """Run the command as a person does: in a process, without a database."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", "from gongkai.config.cli import main; main()", *arguments],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "公告.txt"
    path.write_text(f"第一行没有问题。\n截止目前已发放，身份证号{ID}。\n", encoding="utf-8")
    return str(path)


def test_wrong_words_by_line_and_character(notice):
    code, out, _ = run("checkwording", "--format", "json", "--on", "2026-03-02", notice)
    (told,) = json.loads(out)
    assert code == 1
    assert list(told) == KEYS
    assert (told["path"], told["line"], told["start"], told["end"]) == (notice, 2, 0, 2)
    assert (told["found"], told["suggestion"]) == ("截止", "截至")


def test_personal_data_by_line_and_character_and_masked(notice):
    code, out, _ = run("checkprivacy", "--format", "json", notice)
    (told,) = json.loads(out)
    assert code == 1
    assert list(told) == KEYS
    assert (told["line"], told["start"], told["end"]) == (2, 12, 30)
    assert (told["rule"], told["level"]) == ("identity_number", "BLOCKING")
    assert ID not in out


def test_text_says_where_and_what_to_do(notice):
    code, out, _ = run("checkprivacy", notice)
    assert code == 1
    assert "第2行" in out
    assert "删去身份证号码" in out
    assert ID not in out


def test_nothing_found_is_zero_and_allowed_is_nothing(tmp_path, notice):
    clean = tmp_path / "clean.md"
    clean.write_text("联系电话：13900001234，布署村。", encoding="utf-8")
    assert run("checkprivacy", "--allow", "139-0000-1234", str(clean))[0] == 0
    assert run("checkwording", "--allow", "布署村", "--format", "json", str(clean))[:2] == (
        0,
        "[]\n",
    )


def test_an_unreadable_file_is_two_and_does_not_stop_the_others(tmp_path, notice):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04")
    code, out, err = run("checkprivacy", "--format", "json", str(broken), notice)
    assert code == 2
    assert len(json.loads(out)) == 1
    assert "broken.docx 无法检查：文件已损坏" in err
    assert "Traceback" not in err


def test_cells_of_a_workbook_and_of_a_csv(tmp_path):
    book, out = openpyxl.Workbook(), BytesIO()
    book.active.append(["姓名", "身份证号"])
    book.active.append(["张三", ID])
    book.create_sheet("底稿").sheet_state = "hidden"
    book["底稿"]["B2"] = f"经办{ID}"
    book.save(out)
    path = tmp_path / "名单.xlsx"
    path.write_bytes(out.getvalue())
    code, told, err = run("checkprivacy", str(path))
    assert code == 1
    assert "工作表“Sheet” B2" in told
    assert "工作表“底稿”（隐藏） B2" in told
    assert "工作表是隐藏的" in err
    _, told, _ = run("checkprivacy", "--format", "json", str(path))
    assert [(each["line"], each["start"]) for each in json.loads(told)] == [(2, 3), (4, 3)]
    table = tmp_path / "名单.csv"
    table.write_text(f"姓名,身份证号\n张三,{ID}\n", encoding="utf-8")
    _, told, _ = run("checkprivacy", "--format", "json", str(table))
    (one,) = json.loads(told)
    assert (one["line"], one["start"], one["end"]) == (2, 3, 21)
