"""The code by which somebody asks how a matter of theirs stands: ten characters not mixed up."""

import secrets

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B and U V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 10


def new_code() -> str:
    """Return a code drawn by chance (23 to the power of 10: 45 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_from(digest: str) -> str:
    """Return the code that a secret digest (hex) stands for, always the same."""
    number, code = int(digest, 16), ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        code += ALPHABET[place]
    return code


def typed(code: str) -> str:
    """Return a code as it was given out, from what somebody typed."""
    return "".join(each for each in code.upper() if each.isalnum())
