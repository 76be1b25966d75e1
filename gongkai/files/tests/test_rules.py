"""Names and sizes: whatever a stranger calls a file, its name is harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.files.rules import clean_name, derived_name, said_size


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder_or_hides_signs(name: str) -> None:
    clean = clean_name(name)
    assert clean
    assert len(clean) <= 126
    assert not set(clean) & set('/\\\x00\n\r\t<>:"|?*\u202e\u200b')
    assert clean_name(clean) == clean


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\图.JPG", "图.jpg"),
        ("说明\u202efdp.exe", "说明fdp.exe"),
        (".pdf", "pdf"),
        ("", "文件"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_clean_names(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_derived_names_do_not_pile_up_marks() -> None:
    assert derived_name("清单.xlsx", "遮盖") == "清单（遮盖）.pdf"
    assert derived_name("清单（遮盖）.pdf", "公开", ".pdf") == "清单（公开）.pdf"
    assert derived_name("清单.docx", "") == "清单.pdf"


def test_sizes_as_people_read_them() -> None:
    assert [said_size(size) for size in (812, 24_000, 3_250_000)] == ["812 字节", "23 KB", "3.1 MB"]
