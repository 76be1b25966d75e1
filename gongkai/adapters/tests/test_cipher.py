"""Sealing at rest: whatever is altered, moved, cut off or sealed elsewhere does not open."""

import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.cipher import Algorithm, BadKeys, CannotOpen, Keyring, keyring

OLD, NEW, INDEX = (bytes([number]) * 32 for number in (1, 2, 3))
WHERE = "inforequests.requester.name:7"
rings = st.sampled_from(
    [Keyring({"k1": OLD}, current="k1", index_key=INDEX, algorithm=one) for one in Algorithm]
)


@given(rings, st.binary(max_size=3000), st.text(max_size=80))
def test_what_is_sealed_opens_again(ring: Keyring, data: bytes, aad: str) -> None:
    token = ring.seal(data, aad)
    assert ring.open(token, aad) == data
    assert ring.open(memoryview(token), aad) == data  # as PostgreSQL hands it out
    assert not ring.needs_rotation(token)


@given(rings, st.binary(max_size=200), st.data())
def test_one_bit_changed_anywhere_and_it_does_not_open(
    ring: Keyring, data: bytes, draw: st.DataObject
) -> None:
    token = bytearray(ring.seal(data, WHERE))
    bit = draw.draw(st.integers(0, len(token) * 8 - 1))
    token[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpen):
        ring.open(bytes(token), WHERE)


@given(rings, st.binary(max_size=200), st.data())
def test_cut_off_anywhere_and_it_does_not_open(
    ring: Keyring, data: bytes, draw: st.DataObject
) -> None:
    token = ring.seal(data, WHERE)
    with pytest.raises(CannotOpen):
        ring.open(token[: draw.draw(st.integers(0, len(token) - 1))], WHERE)
    with pytest.raises(CannotOpen):
        ring.open(token + b"\x00", WHERE)


@given(rings, st.text(max_size=40), st.text(max_size=40))
def test_a_token_opens_only_where_it_belongs(ring: Keyring, one: str, other: str) -> None:
    if one != other:
        with pytest.raises(CannotOpen):
            ring.open(ring.seal(b"x", one), other)


@given(st.binary(max_size=300))
def test_noise_is_not_a_token(noise: bytes) -> None:
    ring = Keyring({"k1": OLD}, current="k1", index_key=INDEX)
    for data in (noise, b"GK" + noise, b"GK\x01\x01\x02k1" + noise):
        with pytest.raises(CannotOpen):
            ring.open(data, WHERE)


def test_another_key_of_the_same_name_does_not_open_it() -> None:
    token = Keyring({"k1": OLD}, current="k1", index_key=INDEX).seal(b"x", WHERE)
    with pytest.raises(CannotOpen, match="密钥不对"):
        Keyring({"k1": NEW}, current="k1", index_key=INDEX).open(token, WHERE)
    with pytest.raises(CannotOpen, match="没有密钥“k1”"):
        Keyring({"k2": NEW}, current="k2", index_key=INDEX).open(token, WHERE)


def test_old_tokens_open_after_a_change_of_key_or_algorithm_and_ask_for_rotation() -> None:
    before = Keyring({"k1": OLD}, current="k1", index_key=INDEX).seal("张三".encode(), WHERE)
    keys = {"k1": OLD, "k2": NEW}
    after = Keyring(keys, current="k2", index_key=INDEX, algorithm=Algorithm.SM4_GCM)
    assert after.needs_rotation(before)
    again = after.seal(after.open(before, WHERE), WHERE)
    assert not after.needs_rotation(again)
    same_key = Keyring(keys, current="k2", index_key=INDEX)
    assert same_key.needs_rotation(again)  # only the algorithm differs
    with pytest.raises(CannotOpen):
        after.needs_rotation(b"not a token")


def test_the_same_value_is_sealed_differently_each_time() -> None:
    ring = Keyring({"k1": OLD}, current="k1", index_key=INDEX)
    assert len({ring.seal(b"x", WHERE) for _ in range(100)}) == 100


def test_a_blind_index_heeds_neither_width_nor_case_nor_space() -> None:
    ring = Keyring({"k1": OLD}, current="k1", index_key=INDEX)
    other = Keyring({"k1": OLD}, current="k1", index_key=NEW)
    index = ring.blind_index("36092519800101001x", "identity")
    assert index == ring.blind_index(" ３６０９２５ 19800101\u3000001X\n", "identity")
    assert len(index) == 64
    assert index != ring.blind_index("36092519800101001X", "phone")
    assert index != other.blind_index("36092519800101001X", "identity")
    assert ring.blind_index(" \u3000", "identity") == ""


@pytest.mark.parametrize(
    ("keys", "current", "index"),
    [
        ({}, "k1", INDEX),
        ({"k1": OLD}, "k2", INDEX),
        ({"k1": OLD[:16]}, "k1", INDEX),
        ({"": OLD}, "", INDEX),
        ({"钥": OLD}, "钥", INDEX),
        ({"k1": OLD}, "k1", b""),
        ({"k1": OLD}, "k1", OLD),
    ],
)
def test_unusable_keys_are_refused(keys: dict[str, bytes], current: str, index: bytes) -> None:
    with pytest.raises(BadKeys, match="GONGKAI_"):
        Keyring(keys, current=current, index_key=index)


def test_the_settings_make_the_keyring(settings) -> None:
    before = keyring().seal(b"x", WHERE)
    assert keyring().open(before, WHERE) == b"x"
    fresh = base64.b64encode(os.urandom(32)).decode()
    settings.GONGKAI_FIELD_KEYS = {**settings.GONGKAI_FIELD_KEYS, "k9": fresh}
    settings.GONGKAI_FIELD_KEY = "k9"
    settings.GONGKAI_FIELD_ALGORITHM = "SM4-GCM"
    assert keyring().needs_rotation(before)
    assert keyring().algorithm is Algorithm.SM4_GCM
    settings.GONGKAI_FIELD_ALGORITHM = "ROT13"
    with pytest.raises(BadKeys, match="GONGKAI_FIELD_ALGORITHM"):
        keyring()
    settings.GONGKAI_FIELD_ALGORITHM = "SM4-GCM"
    settings.GONGKAI_INDEX_KEY = "不是"
    with pytest.raises(BadKeys, match="GONGKAI_INDEX_KEY"):
        keyring()
