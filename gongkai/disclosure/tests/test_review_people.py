"""Who may do which step: everyone different, nobody their own, overrides by two."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from gongkai.audit import SYSTEM, Actor
from gongkai.disclosure import actions, queries
from gongkai.disclosure.lifecycle import EntryEvent, EntryState
from gongkai.disclosure.models import Override
from gongkai.disclosure.rules import ChecksStand, EntryRefused, NotAllowedNow, NotThisPerson
from gongkai.disclosure.tests import factories as make
from gongkai.orgs.models import Organ, Post, Role

pytestmark = pytest.mark.django_db
EVERYONE = (make.AUTHOR, make.FIRST, make.SECOND, make.SECRECY, make.LEADER, make.PUBLISHER)
LEAK = "<p>联系人李大勇，身份证号码362226194502250007。</p>"


@pytest.fixture
def home() -> Organ:
    return make.county()


@pytest.fixture
def where(home: Organ):
    return make.section(home)


ROAD = [
    (EntryState.FIRST_REVIEW, (make.AUTHOR,)),
    (EntryState.SECOND_REVIEW, (make.AUTHOR, make.FIRST)),
    (EntryState.SECRECY_REVIEW, (make.AUTHOR, make.FIRST, make.SECOND)),
    (EntryState.SIGNING, (make.AUTHOR, make.FIRST, make.SECOND, make.SECRECY)),
    (EntryState.SIGNED, (make.AUTHOR, make.FIRST, make.SECOND, make.SECRECY)),
]


def step(entry, by: Actor):
    """Take the next step of the road as `by`."""
    match EntryState(entry.state):
        case EntryState.FIRST_REVIEW:
            return actions.approve_first(entry, by=by, at=make.NOON)
        case EntryState.SECOND_REVIEW:
            return actions.approve_second(entry, by=by, at=make.NOON)
        case EntryState.SECRECY_REVIEW:
            return actions.clear_secrecy(entry, form=make.CLEAR, by=by, at=make.NOON)
        case EntryState.SIGNING:
            return actions.sign(entry, by=by, at=make.NOON)
    return actions.publish(entry, by=by, at=make.NOON)


@pytest.mark.parametrize(("state", "refused"), ROAD)
def test_nobody_passes_what_they_wrote_or_passed(home, where, state, refused) -> None:
    entry = make.forward(make.draft(home, where), state)
    for person in refused:
        with pytest.raises(NotThisPerson):
            step(entry, person)
        entry.refresh_from_db()
        assert entry.state == state
    allowed = [person for person in EVERYONE if person not in refused]
    assert step(entry, allowed[0]).state != state


def test_the_signer_may_also_publish(home, where) -> None:
    entry = make.forward(make.draft(home, where), EntryState.SIGNED)
    assert actions.publish(entry, by=make.LEADER, at=make.NOON).live


def test_who_edits_becomes_an_author_and_who_submits_counts_as_one(home, where) -> None:
    entry = make.draft(home, where)
    actions.edit(entry, told=make.told(), revision=0, by=make.FIRST, at=make.NOON)
    entry = actions.submit(entry, by=make.SECOND, at=make.NOON)
    for person in (make.AUTHOR, make.FIRST, make.SECOND):
        with pytest.raises(NotThisPerson):
            actions.approve_first(entry, by=person, at=make.NOON)


def test_a_returned_text_may_be_reviewed_by_the_same_people_again(home, where) -> None:
    entry = make.forward(make.draft(home, where), EntryState.SIGNING)
    entry = actions.return_entry(entry, why="数据有误", by=make.LEADER, at=make.NOON)
    assert entry.in_review is None
    entry = make.forward(entry, EntryState.PUBLISHED)
    assert entry.published.number == 2


def test_an_old_author_stays_author_of_a_revision(home, where) -> None:
    entry = actions.revise(make.published(home, where), by=make.SECOND, at=make.NOON)
    assert entry.live
    entry = actions.submit(entry, by=make.SECOND, at=make.NOON)
    with pytest.raises(NotThisPerson):
        actions.approve_first(entry, by=make.AUTHOR, at=make.NOON)


def test_recall_belongs_to_the_submitter(home, where) -> None:
    entry = make.forward(make.draft(home, where), EntryState.FIRST_REVIEW)
    with pytest.raises(NotThisPerson):
        actions.recall(entry, by=make.FIRST, at=make.NOON)
    assert actions.recall(entry, by=make.AUTHOR, at=make.NOON).state == EntryState.DRAFT


def test_two_levels_or_three_by_organ_and_day(home, where) -> None:
    bureau = make.department(home)
    entry = make.forward(make.draft(bureau, where), EntryState.FIRST_REVIEW)
    entry = actions.approve_first(entry, by=make.FIRST, at=make.NOON)
    assert entry.state == EntryState.SECRECY_REVIEW
    actions.set_review_rule(
        bureau, steps=3, valid_from=date(2026, 9, 1), by=make.LEADER, at=make.NOON
    )
    entry = make.forward(make.draft(bureau, where), EntryState.FIRST_REVIEW)
    assert step(entry, make.FIRST).state == EntryState.SECOND_REVIEW
    with pytest.raises(EntryRefused):
        actions.set_review_rule(
            bureau, steps=1, valid_from=date(2026, 9, 1), by=make.LEADER, at=make.NOON
        )


def test_a_leak_is_let_pass_by_two_persons_only(home, where) -> None:
    entry = make.draft(home, where, body=LEAK)
    with pytest.raises(ChecksStand) as stopped:
        actions.submit(entry, by=make.AUTHOR, at=make.NOON)
    (found,) = stopped.value.findings
    assert "362226194502250007" not in str(stopped.value)
    override = actions.ask_override(
        entry, fingerprint=found.fingerprint, reason="本人要求公布", by=make.AUTHOR, at=make.NOON
    )
    with pytest.raises(NotThisPerson):
        actions.grant_override(override, by=make.AUTHOR, at=make.NOON)
    with pytest.raises(ChecksStand):
        actions.submit(entry, by=make.AUTHOR, at=make.NOON)
    with pytest.raises(NotAllowedNow):
        actions.ask_override(
            entry, fingerprint=found.fingerprint, reason="再申请", by=make.AUTHOR, at=make.NOON
        )
    actions.grant_override(override, by=make.FIRST, at=make.NOON)
    with pytest.raises(NotAllowedNow):
        actions.refuse_override(override, by=make.SECOND, at=make.NOON)
    entry = actions.submit(entry, by=make.AUTHOR, at=make.NOON)
    # The finding is kept, masked, and the override follows the text through its versions.
    kept = entry.in_review.findings.get()
    assert (kept.blocking, kept.fingerprint) == (True, found.fingerprint)
    entry = actions.return_entry(entry, why="改标题", by=make.FIRST, at=make.NOON)
    text = queries.told_of(entry)
    changed = make.told(title="另一标题的公告", body=text.told.body)
    actions.edit(entry, told=changed, revision=text.revision, by=make.AUTHOR, at=make.NOON)
    assert make.forward(entry, EntryState.PUBLISHED).live


def test_a_refused_override_may_be_asked_for_again_and_authors_grant_nothing(home, where) -> None:
    entry = make.draft(home, where, body=LEAK)
    (found,) = [one for one in actions.check(entry) if one.blocking]
    ask = {"fingerprint": found.fingerprint, "reason": "需要", "at": make.NOON}
    override = actions.ask_override(entry, by=make.FIRST, **ask)
    with pytest.raises(NotThisPerson):
        actions.grant_override(override, by=make.AUTHOR, at=make.NOON)
    actions.refuse_override(override, by=make.SECOND, at=make.NOON)
    actions.ask_override(entry, by=make.FIRST, **ask)
    assert Override.objects.count() == 2
    with pytest.raises(EntryRefused):
        actions.ask_override(
            entry, fingerprint="0" * 64, reason="没有", by=make.FIRST, at=make.NOON
        )


def test_the_system_publishes_only_what_is_scheduled_and_due(home, where) -> None:
    entry = make.forward(make.draft(home, where), EntryState.SIGNED)
    with pytest.raises(NotAllowedNow):
        actions.publish(entry, by=SYSTEM, at=make.NOON)


def user_with(account: str, organ: Organ, *roles: Role):
    """Return a user who holds posts."""
    user = get_user_model().objects.create(username=account, name=account, is_active=True)
    for role in roles:
        Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2020, 1, 1))
    return user


def test_queues_and_acts_show_each_person_their_own(home, where) -> None:
    bureau, other = make.department(home, "czj"), make.department(home, "mzj")
    entry = make.forward(make.draft(bureau, where), EntryState.FIRST_REVIEW)
    today = date(2026, 9, 21)
    reviewer = user_with("first", bureau, Role.REVIEWER)
    author = user_with("author", bureau, Role.REVIEWER, Role.DEPARTMENT_CLERK)
    stranger = user_with("else", other, Role.REVIEWER, Role.DEPARTMENT_CLERK)
    assert queries.queue_for(reviewer, today) == [entry]
    assert queries.queue_for(author, today) == []
    assert queries.queue_for(stranger, today) == []
    own = make.draft(bureau, where)
    assert queries.queue_for(author, today) == [own]  # begun, and theirs to go on with
    assert queries.queue_for(reviewer, today) == [entry]
    acts = queries.open_acts(entry, queries.Looking.of(author, today))
    assert acts[EntryEvent.APPROVE_FIRST]
    assert acts[EntryEvent.RECALL] == ""
    acts = queries.open_acts(entry, queries.Looking.of(reviewer, today))
    assert acts[EntryEvent.APPROVE_FIRST] == ""
    assert EntryEvent.RETURN in acts
    assert queries.open_acts(entry, queries.Looking.of(stranger, today)) == {}
