"""The public texts of the chapter's records, entries of disclosure: begun and rewritten here."""

from dataclasses import replace
from datetime import datetime

from gongkai.audit import Actor
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models import Entry, Section
from gongkai.disclosure.models.entries import EntryState
from gongkai.disclosure.queries import county_of, told_of
from gongkai.engagement.actions import steps
from gongkai.engagement.lifecycle import Refused
from gongkai.orgs.models import Organ

SOLICITATIONS = "hdjl/yjzj"
FAQS = "hdjl/cjwt"
_NAMES = {
    SOLICITATIONS: "意见征集",
    "hdjl/zxft": "在线访谈",
    "hdjl/xwfb": "新闻发布会",
    FAQS: "常见问题",
}
_GONE = (EntryState.DISCARDED, EntryState.WITHDRAWN)


def section_of(organ: Organ, path: str = SOLICITATIONS) -> Section:
    """Return a section of the site of an organ's county; raises Refused when it was not opened."""
    found = Section.objects.filter(county_id=county_of(organ), path=path).first()
    if found is None:
        name = _NAMES[path]
        said = f"本县网站没有“{name}”栏目，请先在【栏目】中开设（互动交流—{name}）。"
        raise Refused(said)
    return found


def begin_text(
    organ: Organ, path: str, title: str, body: str, record: str, by: Actor, at: datetime
) -> Entry:
    """Return a new entry in hand: title and text in a section, for a record of the chapter."""
    told = disclosure.Told(title=title, formed_on=steps.local_day(at), body=body)
    section = section_of(organ, path)
    return disclosure.create(organ, section=section, told=told, record=record, by=by, at=at)


def write_anew(entry: Entry, body: str, by: Actor, at: datetime) -> None:
    """Put another text into an entry that is in hand; raises Refused when it is not."""
    hand = told_of(entry)
    if entry.state != EntryState.DRAFT or hand is None:
        state = EntryState(entry.state).label
        said = f"《{entry.title}》“{state}”，需要重新生成的，请先撤回送审或者修订。"
        raise Refused(said)
    told = replace(hand.told, body=body)
    disclosure.edit(entry, told=told, revision=hand.revision, by=by, at=at)


def put_away(entry: Entry, why: str, by: Actor, at: datetime) -> None:
    """Discard a text that was never public; raises Refused while it is under review."""
    if entry.state in _GONE:
        return
    if entry.first_published_at is None and entry.state == EntryState.DRAFT:
        disclosure.discard(entry, why=why, by=by, at=at)
        return
    raise Refused(f"不能终止：《{entry.title}》正在审核，请先撤回送审。")
