"""Passwords that everybody thinks of are told apart; addresses lie in networks or do not."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from gongkai.accounts.rules import has_expired, inside, is_common, network_in

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "password",
    ["Gongkai@2026", "P@ssw0rd123", "Zhengfu#1234", "Admin_888888", "Qwerty!2025", "Jingan@2026"],
)
def test_a_word_of_everybodys_dressed_up_is_common(password: str) -> None:
    assert is_common(password, ["jingan"])


@pytest.mark.parametrize("password", ["Xin-mima-2026", "Chuci-2026-shezhi", "gK7!mQ2p#xTz"])
def test_what_has_something_of_its_own_is_not(password: str) -> None:
    assert not is_common(password, ["jingan"])


def test_a_password_expires_on_its_day_and_never_with_no_days() -> None:
    assert not has_expired(NOW - timedelta(days=89, hours=23), NOW, 90)
    assert has_expired(NOW - timedelta(days=90), NOW, 90)
    assert not has_expired(NOW - timedelta(days=9000), NOW, 0)


def test_an_address_lies_in_a_network_of_its_kind_only() -> None:
    assert inside(ip_address("10.20.3.4"), ["192.168.0.0/16", "10.20.0.0/16"])
    assert inside(ip_address("fd00::7"), ["fd00::/8"])
    assert not inside(ip_address("10.21.0.1"), ["10.20.0.0/16", "::/0"])
    assert not inside(None, ["0.0.0.0/0"])
    assert str(network_in(" 10.20.3.4/16 ")) == "10.20.0.0/16"
    with pytest.raises(ValueError, match=r"10\.20"):
        network_in("10.20")
