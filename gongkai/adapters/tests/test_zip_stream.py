"""A package written piece by piece opens whole, and holds one file at a time."""

import io
import os
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

from gongkai.adapters.zip_stream import zipped

AT = datetime(2026, 3, 2, 10, 30, 4, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_what_went_in_comes_out_with_chinese_names():
    entries = [("材料/01-身份证明.jpg", os.urandom(2_500_000)), ("个人信息.html", b"<p>" * 1000)]
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped(entries, AT)))) as package:
        assert package.testzip() is None
        assert [(each, package.read(each)) for each in package.namelist()] == entries
        info = package.getinfo("个人信息.html")
        assert info.date_time == (2026, 3, 2, 10, 30, 4)
        assert info.compress_size < info.file_size


def test_a_file_is_asked_for_when_the_one_before_is_out():
    asked = []

    def entries():
        for number in range(3):
            asked.append(number)
            yield f"{number}.pdf", b"x" * 10

    pieces = zipped(entries(), AT)
    next(pieces)
    assert asked == [0]
    assert len(b"".join(pieces)) > 0
    assert asked == [0, 1, 2]


def test_an_empty_file_and_an_empty_package():
    assert zipfile.ZipFile(io.BytesIO(b"".join(zipped([], AT)))).namelist() == []
    package = zipfile.ZipFile(io.BytesIO(b"".join(zipped([("a.txt", b"")], AT))))
    assert package.read("a.txt") == b""
