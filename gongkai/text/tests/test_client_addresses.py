"""Whose address counts: our own proxies' word, never the visitor's."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.client_addresses import address_in, client_address, network_of

LOOPBACK = ("127.0.0.0/8", "::1")
WITH_BALANCER = (*LOOPBACK, "10.3.0.0/24", "fd00:1::/64")


def told(peer, forwarded="", trusted=LOOPBACK):
    found = client_address(peer, forwarded, trusted)
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),  # nobody's proxy: its word is not taken
        ("127.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "6.6.6.6,203.0.113.1,127.0.0.1", "203.0.113.1"),
        ("::1", "2001:db8::5", "2001:db8::5"),
        ("::ffff:127.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("", "203.0.113.1", "203.0.113.1"),  # a local socket
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.1:50123", "203.0.113.1"),
        ("127.0.0.1", "[2001:db8::5]:443", "2001:db8::5"),
        ("127.0.0.1", '"[2001:db8::5]"', "2001:db8::5"),
        ("127.0.0.1", "203.0.113.1, ", "203.0.113.1"),
        ("127.0.0.1", "6.6.6.6, rubbish", None),  # what stands left of rubbish is not believed
        ("not an address", "203.0.113.1", None),
        ("", "", None),
    ],
)
def test_the_right_most_address_that_is_not_ours_counts(peer, forwarded, address):
    assert told(peer, forwarded) == address


def test_a_balancer_before_nginx_is_passed_through_only_when_it_is_named():
    forwarded = "6.6.6.6, 203.0.113.1, 10.3.0.7"
    assert told("127.0.0.1", forwarded) == "10.3.0.7"
    assert told("127.0.0.1", forwarded, WITH_BALANCER) == "203.0.113.1"
    assert told("fd00:1::2", "2001:db8::5", WITH_BALANCER) == "2001:db8::5"
    assert told("127.0.0.1", "203.0.113.1", ()) == "127.0.0.1"


def test_a_wrong_setting_says_so():
    with pytest.raises(ValueError, match="nginx"):
        client_address("127.0.0.1", "", ("nginx",))


def test_one_household_is_one_visitor():
    assert network_of(ip_address("2001:db8:1:2:ffff::9")) == "2001:db8:1:2::/64"
    assert network_of(ip_address("203.0.113.1")) == "203.0.113.1"
    assert str(address_in("fe80::1%eth0")) == "fe80::1"


@given(st.text(), st.text())
def test_nothing_a_visitor_sends_breaks_it(peer, forwarded):
    client_address(peer, forwarded, LOOPBACK)


@given(st.lists(st.text(alphabet="0123456789abcdef.:, []%", max_size=40)))
def test_what_a_visitor_puts_in_front_changes_nothing(front):
    forwarded = ",".join([*front, "203.0.113.1"])
    assert told("127.0.0.1", forwarded) == "203.0.113.1"
