"""How days are written in Chinese in messages, steps and traces."""

from datetime import date

_WEEKDAYS = "一二三四五六日"


def written(day: date) -> str:
    """Return the day as officials write it: 2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """Return the name of the weekday: 星期一."""
    return f"星期{_WEEKDAYS[day.weekday()]}"
