"""The look for secrets finds what it is for, and nothing in the repository."""

import pytest
from detect_secrets.settings import transient_settings

from tests.hardening import secrets

# Put together here, so that no line of this file is what it looks for.
_HELD = {
    "AWS Access Key": "AKIA" + "IOSFODNN7EXAMPLE",
    "Private Key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "Basic Auth Credentials": "postgres://gongkai:" + "hunter22@db.example.cn/x",
    "GitHub Token": "ghp_" + "a1B2" * 9,
    "Secret Keyword": "pass" + 'word = "correct-horse-9"',
}


@pytest.mark.parametrize("kind", _HELD)
def test_a_secret_is_found(kind, tmp_path):
    (tmp_path / "settings.py").write_text(f"# one\n{_HELD[kind]}\n")
    with transient_settings(secrets.SETTINGS):
        (held,) = [one for one in secrets.found(["settings.py"], tmp_path) if one.type == kind]
    assert held.line_number == 2


def test_what_tests_make_up_and_what_screens_say_is_none(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(_HELD["Secret Keyword"])
    (tmp_path / "words.py").write_text("pass" + 'word = "修改口令后重新登录"')
    with transient_settings(secrets.SETTINGS):
        assert list(secrets.found(["tests/test_x.py", "words.py"], tmp_path)) == []


def test_the_baseline_is_of_files_that_are_there():
    assert all((secrets.ROOT / name).is_file() for name, _, _ in secrets.baseline())
