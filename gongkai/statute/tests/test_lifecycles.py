"""The table of states that every chapter shares."""

from enum import StrEnum

import pytest

from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class Light(StrEnum):
    """Two states."""

    RED = "RED"
    GREEN = "GREEN"


class Press(StrEnum):
    """Two events."""

    GO = "GO"
    STOP = "STOP"


TABLE = {(Light.RED, Press.GO): Arrow(Light.GREEN), (Light.GREEN, Press.STOP): Arrow(Light.RED)}


def test_an_arrow_is_followed_or_refused() -> None:
    assert follow(TABLE, Light.RED, Press.GO).target is Light.GREEN
    assert allowed_events(TABLE, Light.GREEN) == (Press.STOP,)
    with pytest.raises(RefusedArrow) as refused:
        follow(TABLE, Light.RED, Press.STOP)
    assert (refused.value.source, refused.value.event) == (Light.RED, Press.STOP)
