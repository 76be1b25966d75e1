"""A person's name as lists show it: the first character and stars."""


def masked(name: str) -> str:
    """Return a natural person's name with all but its first character hidden: 张**."""
    told = name.strip()
    return told[:1] + "*" * max(1, len(told) - 1)
