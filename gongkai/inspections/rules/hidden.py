"""Hidden outside links and frames (law.md 4.2 W1: what intruders leave behind)."""

from collections.abc import Iterator

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import View


def hidden(view: View) -> Iterator[Fault]:
    """Tell an outside link that no reader sees and no control opens, and such a frame."""
    for each in view.page.links:
        if not each.hidden or not view.site.is_strange(each.address):
            continue
        if each.frame:
            why = f"页面有看不见的外部框架（{each.hidden}），疑似被植入。"
            yield view.fault("frame-hidden", why, each.address, each.address)
        elif not each.opened:
            why = f"页面有看不见的外部链接（{each.hidden}），疑似暗链。"
            yield view.fault("link-hidden", why, f"{each.words} {each.address}", each.address)
