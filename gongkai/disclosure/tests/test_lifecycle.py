"""The road's table, every arrow and every refused one, against the verbs themselves."""

from itertools import product

import pytest

from gongkai.disclosure import actions
from gongkai.disclosure.lifecycle import TRANSITIONS, UNDER_REVIEW, EntryEvent, EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.rules import NotAllowedNow
from gongkai.disclosure.tests import factories as make

# How each event is asked for; who acts does not matter where the state stands against it.
VERBS = {
    EntryEvent.EDIT: lambda entry: actions.edit(
        entry, told=make.told(), revision=0, by=make.AUTHOR, at=make.NOON
    ),
    EntryEvent.SUBMIT: lambda entry: actions.submit(entry, by=make.AUTHOR, at=make.NOON),
    EntryEvent.RECALL: lambda entry: actions.recall(entry, by=make.AUTHOR, at=make.NOON),
    EntryEvent.APPROVE_FIRST: lambda entry: actions.approve_first(
        entry, by=make.FIRST, at=make.NOON
    ),
    EntryEvent.APPROVE_SECOND: lambda entry: actions.approve_second(
        entry, by=make.SECOND, at=make.NOON
    ),
    EntryEvent.CLEAR_SECRECY: lambda entry: actions.clear_secrecy(
        entry, form=make.CLEAR, by=make.SECRECY, at=make.NOON
    ),
    EntryEvent.RETURN: lambda entry: actions.return_entry(
        entry, why="改", by=make.FIRST, at=make.NOON
    ),
    EntryEvent.SIGN: lambda entry: actions.sign(entry, by=make.LEADER, at=make.NOON),
    EntryEvent.SCHEDULE: lambda entry: actions.schedule(
        entry, when=make.NOON + make.MINUTE, by=make.PUBLISHER, at=make.NOON
    ),
    EntryEvent.UNSCHEDULE: lambda entry: actions.unschedule(entry, by=make.PUBLISHER, at=make.NOON),
    EntryEvent.PUBLISH: lambda entry: actions.publish(entry, by=make.PUBLISHER, at=make.NOON),
    EntryEvent.REVISE: lambda entry: actions.revise(entry, by=make.AUTHOR, at=make.NOON),
    EntryEvent.GIVE_UP: lambda entry: actions.give_up(entry, by=make.AUTHOR, at=make.NOON),
    EntryEvent.WITHDRAW: lambda entry: actions.withdraw(
        entry, reason="LEGAL", note="依法", by=make.LEADER, at=make.NOON
    ),
    EntryEvent.DISCARD: lambda entry: actions.discard(
        entry, why="重复", by=make.AUTHOR, at=make.NOON
    ),
}


def in_state(state: EntryState) -> Entry:
    """Return an entry in a state, by the real verbs."""
    home = make.county()
    entry = make.draft(home, make.section(home))
    match state:
        case EntryState.DISCARDED:
            return actions.discard(entry, why="重复", by=make.AUTHOR, at=make.NOON)
        case EntryState.SCHEDULED:
            return VERBS[EntryEvent.SCHEDULE](make.forward(entry, EntryState.SIGNED))
        case EntryState.WITHDRAWN:
            return VERBS[EntryEvent.WITHDRAW](make.forward(entry, EntryState.PUBLISHED))
    return make.forward(entry, state)


REFUSED = [
    (state, event)
    for state, event in product(EntryState, VERBS)
    if (state, event) not in TRANSITIONS
]


@pytest.mark.django_db
@pytest.mark.parametrize("state", EntryState)
def test_every_refused_arrow_is_refused_and_changes_nothing(state: EntryState) -> None:
    entry = in_state(state)
    before = Entry.objects.filter(pk=entry.pk).values().get()
    for event in [event for source, event in REFUSED if source is state]:
        with pytest.raises(NotAllowedNow):
            VERBS[event](Entry.objects.get(pk=entry.pk))
    assert Entry.objects.filter(pk=entry.pk).values().get() == before


def test_every_road_leads_through_secrecy_review_and_signature() -> None:
    """No path to the public without CLEAR_SECRECY and SIGN, whatever way is taken."""
    for barred in (EntryEvent.CLEAR_SECRECY, EntryEvent.SIGN, EntryEvent.SUBMIT):
        seen, frontier = {EntryState.DRAFT}, [EntryState.DRAFT]
        while frontier:
            state = frontier.pop()
            for (source, event), arrow in TRANSITIONS.items():
                skip = event is barred or event is EntryEvent.GIVE_UP
                if source is state and not skip and arrow.target not in seen:
                    seen.add(arrow.target)
                    frontier.append(arrow.target)
        assert EntryState.PUBLISHED not in seen


def test_every_state_and_event_has_a_name_and_discarded_is_the_end() -> None:
    assert all(one.label for one in (*EntryState, *EntryEvent))
    assert not [1 for source, _ in TRANSITIONS if source is EntryState.DISCARDED]
    assert all((state, EntryEvent.WITHDRAW) in TRANSITIONS for state in UNDER_REVIEW)
