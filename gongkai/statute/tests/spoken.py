"""Read acts written as on the command line: `supplement A:B; consult A:B:C; extend 10`."""

from dataclasses import replace
from datetime import date

from gongkai.statute.clock import (
    Acts,
    Consultation,
    ConsultationKind,
    Delay,
    Extension,
    FeeNotice,
    Supplement,
)

_KINDS = {
    "consult": ConsultationKind.THIRD_PARTY,
    "organ-consult": ConsultationKind.JOINT_ORGAN,
    "other-consult": ConsultationKind.OTHER_ORGAN,
}


def on(text: str) -> date:
    """Return the day written 2026-03-02."""
    return date.fromisoformat(text)


def maybe(text: str) -> date | None:
    """Return the day, or None for `-`."""
    return None if text == "-" else on(text)


def acts(received: str, told: str = "none") -> Acts:
    """Return the acts of a case received on `received`."""
    found = Acts(on(received))
    for part in told.split(";"):
        word, _, rest = part.strip().partition(" ")
        if word != "none":
            found = _with(found, word, rest.split(":"))
    return found


def _with(found: Acts, word: str, days: list[str]) -> Acts:
    if word in _KINDS:
        consultation = Consultation(on(days[0]), maybe(days[1]), maybe(days[2]), _KINDS[word])
        return replace(found, consultations=(*found.consultations, consultation))
    if word == "supplement":
        return replace(found, supplement=Supplement(on(days[0]), maybe(days[1])))
    if word == "fee":
        return replace(found, fee=FeeNotice(on(days[0]), maybe(days[1])))
    if word == "delay":
        return replace(found, delay=Delay(on(days[0])))
    assert word == "extend", f"unknown act {word}"
    told_on = on(days[1]) if len(days) > 1 else None
    return replace(found, extension=Extension(int(days[0]), told_on))
