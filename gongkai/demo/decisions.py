"""The year's major administrative decisions of the demo, by the real verbs (国令713号)."""

from datetime import timedelta

from gongkai.demo import county as where
from gongkai.demo.road import Road, moment
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import EntryState
from gongkai.orgs.models import Organ
from gongkai.policy import actions
from gongkai.policy.actions import DecisionStep as Step

SECTION = "zwgk/fdzdgknr/zdjc"
PUBLISHED_AGO, LINKED_AGO = 230, 14
# Matter, organ that handles it, steps taken so far; the first is the one that was asked about.
MATTERS = (
    ("制定《靖安县物业服务管理办法》", "zjj", (Step.OPINION,)),
    ("调整县城区公共交通线路和票价", "jtysj", (Step.OPINION, Step.EXPERTS, Step.RISK)),
    ("编制《靖安县养老服务设施专项规划》", "mzj", (Step.OPINION, Step.EXPERTS, Step.LEGAL)),
)


def decide(road: Road, county: Organ, solicited: Entry) -> None:
    """Publish the catalogue of the year and note how far each matter has come."""
    on, office = road.day(PUBLISHED_AGO), road.people["office"]
    said = {"by": office, "at": moment(on - timedelta(days=4), 9)}
    made = [
        actions.add_decision(county, year=on.year, title=title, organ=road.organs[code], **said)
        for title, code, _ in MATTERS
    ]
    entry = actions.draft_catalogue(
        made[0].catalogue,
        organ=road.organs[where.OFFICE_CODE],
        section=road.sections[SECTION],
        **said,
    )
    entry = disclosure.submit(entry, by=office, at=moment(on - timedelta(days=3), 10))
    road.forward(entry, EntryState.PUBLISHED, on)
    later = {"by": office, "at": moment(road.day(LINKED_AGO), 9)}
    actions.link_decision(made[0], step=Step.OPINION, entry=solicited, **later)
    known = {title: steps for title, _, steps in MATTERS}
    for matter in made:
        actions.note_steps(matter, done=known[matter.title], **later)
