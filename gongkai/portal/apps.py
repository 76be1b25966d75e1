"""Wires portal into Django."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai import audit
from gongkai.audit import recorded


class PortalConfig(AppConfig):
    """The app portal."""

    name = "gongkai.portal"
    verbose_name = "门户"

    def ready(self) -> None:
        """Register the cards of records; tell the log how to say the verbs and fields."""
        import_module("gongkai.portal.policy_cards")
        import_module("gongkai.portal.proposals")
        import_module("gongkai.portal.tasks")
        recorded.connect(_hear, dispatch_uid="portal.publish")
        searching = import_module("gongkai.portal.searching.tasks")
        audit.recorded.connect(searching.hear, dispatch_uid="portal.find_standing")
        audit.words.update(
            {
                "portal.open_site": "设置网站信息",
                "portal.keep_old_addresses": "登记原网站网址",
                "addresses": "网址数",
                "domain": "域名",
                "sponsor": "主办单位",
                "undertaker": "承办单位",
                "identity_code": "网站标识码",
                "icp_number": "ICP备案编号",
                "police_number": "公安机关备案编号",
                "badge_url": "党政机关网站标识链接",
                "errors_url": "“我为政府网站找错”链接",
                "demonstration": "演示站点",
            }
        )


def _hear(event: Any, **_: Any) -> None:
    """Put a job when an event changes pages; what has changed the job reads from the log."""
    from gongkai.adapters import searchfeeds
    from gongkai.outbox.actions import put
    from gongkai.portal.publishing.place import is_on
    from gongkai.portal.publishing.table import touched_by
    from gongkai.portal.tasks import PUBLISH

    if touched_by(event.verb) and (is_on() or searchfeeds.is_on()):
        put(PUBLISH, {"target": event.target}, at=event.at, dedupe_key=event.target)
