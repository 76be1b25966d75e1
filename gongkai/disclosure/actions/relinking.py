"""Leading the links of imported texts to where the texts they point to stand now.

A version never changes: the text with new links is a further version of the same account, which
the public reads from then on. It is no release anew: nothing was said that was not said before.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.adapters.richtext import relink
from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure.actions.importing import read_versions
from gongkai.disclosure.models import Entry, Version
from gongkai.disclosure.rules.content import seal


@transaction.atomic
def relink_imported(addresses: Mapping[int, Mapping[str, str]], *, by: Actor, at: datetime) -> int:
    """Exchange links in the public texts of entries, each by its own mapping; return how many.

    Only texts are touched that came by an import of the same account.
    """
    held = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("published", "organ")
        .filter(pk__in=addresses, live=True, published__made_by_account=by.account)
        .order_by("pk")
    )
    changed = [
        (entry, body)
        for entry in held
        if (body := relink(entry.published.body, addresses[entry.pk])) != entry.published.body
    ]
    made = Version.objects.bulk_create(
        _version(entry.published, body, by, at) for entry, body in changed
    )
    for (entry, _), version in zip(changed, made, strict=True):
        entry.published = version
    entries = [entry for entry, _ in changed]
    read_versions(entries)
    for organ, count in Counter(entry.organ for entry in entries).items():
        audit.record(
            "disclosure.relink_imported",
            f"orgs:{organ.pk}",
            chain=organ.code,
            by=by,
            at=at,
            label=f"{organ.short_name}：{count}条",
            after={"entries": count},
        )
    return len(entries)


def _version(old: Version, body: str, by: Actor, at: datetime) -> Version:
    return Version(
        entry_id=old.entry_id,
        number=old.number + 1,
        title=old.title,
        content=old.content,
        body=body,
        text=old.text,
        sha256=seal(old.content, body),
        authors=[],
        made_at=at,
        made_by=by.name,
        made_by_account=by.account,
    )
