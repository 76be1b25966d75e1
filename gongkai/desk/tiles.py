"""A figure of the home in words and, where it is bad, in colour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that waits; it opens the list behind it."""

    figure: int
    words: str
    url: str
    tone: str = ""
