"""The twin that talks to nobody: what it is given counts as published at our own address."""

import hashlib
from dataclasses import dataclass

from gongkai.adapters.platforms.types import Article, Keep, Sent, Stage


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Publishes nothing: for the demo, for tests, and for trying the screens."""

    def send(self, article: Article, known: Sent, keep: Keep) -> Sent:
        """Return it as published at our own page."""
        mark = hashlib.sha256(f"{article.link}\n{article.title}".encode()).hexdigest()[:16]
        sent = Sent(Stage.PUBLISHED, {"article": mark}, article.link)
        keep(sent)
        return sent

    def look(self, article: Article, known: Sent) -> Sent:
        """Return what was known."""
        return known

    def is_there(self, known: Sent) -> bool:
        """Say yes until it is taken down."""
        return known.stage is Stage.PUBLISHED

    def take_down(self, known: Sent) -> Sent:
        """Return it as gone."""
        return Sent(Stage.GONE, known.ids, known.link)
