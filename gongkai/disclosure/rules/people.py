"""Different eyes (law.md 6.4): who wrote, reviewed, cleared, signed and released one text.

All are different persons, only the signer may also release; nobody passes their own. A text that
was returned and written anew is a new version: its reviewers may be the same persons as before.
"""

from collections.abc import Collection, Mapping

from gongkai.disclosure.lifecycle import EntryEvent
from gongkai.disclosure.rules.errors import NotThisPerson

PASSING = (
    EntryEvent.APPROVE_FIRST,
    EntryEvent.APPROVE_ONLY,
    EntryEvent.APPROVE_SECOND,
    EntryEvent.CLEAR_SECRECY,
    EntryEvent.SIGN,
)
_DONE = {
    EntryEvent.APPROVE_FIRST: "初审",
    EntryEvent.APPROVE_ONLY: "初审",
    EntryEvent.APPROVE_SECOND: "复审",
    EntryEvent.CLEAR_SECRECY: "保密审查",
    EntryEvent.SIGN: "签发",
}


def check_person(
    event: EntryEvent, account: str, authors: Collection[str], passed: Mapping[EntryEvent, str]
) -> None:
    """Refuse a person who wrote the text or has passed another step of it.

    `passed` says who did each step of PASSING on the version in review.

    Raises:
        NotThisPerson: the message says why and who may.
    """
    why = against(event, account, authors, passed)
    if why:
        raise NotThisPerson(why)


def against(
    event: EntryEvent, account: str, authors: Collection[str], passed: Mapping[EntryEvent, str]
) -> str:
    """Return why a person may not do a step, "" when they may."""
    if event not in (*PASSING, EntryEvent.PUBLISH):
        return ""
    if account in authors:
        return f"您写过或者送审了本稿，不能自己{event.label}，请由其他人办理"
    for step, who in passed.items():
        if who == account and not (event is EntryEvent.PUBLISH and step is EntryEvent.SIGN):
            return f"您已办理本稿的{_DONE[step]}，不能再{event.label}，请由其他人办理"
    return ""
