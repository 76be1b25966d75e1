"""A proof of work instead of a picture puzzle: challenges and their checking, through altcha.

The visitor's machine looks for a number whose SHA-256 fits; nobody has to see, hear or type
anything (无障碍环境建设法 32; GB/T 37668), and nothing is asked of another host (个保法 36).
The format is altcha's: {algorithm, challenge, maxNumber, salt, signature}. A challenge is
signed and ends at a moment; that it is used once, the caller remembers by its `mark`.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import altcha

# About 0.2 s on a desk, one or two on an old phone.
MAX_NUMBER = 60_000
_LONGEST = 2_000  # of a payload, in characters; a true one has about 400


class NoProof(ValueError):
    """What was sent proves no work: missing, malformed, forged or too late."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Work proved; `mark` (64 characters) tells this challenge from every other."""

    mark: str


def challenge(key: str, *, ends_at: datetime, max_number: int = MAX_NUMBER) -> dict[str, Any]:
    """Return a new challenge, to be sent as JSON to the visitor's machine."""
    options = altcha.ChallengeOptionsV1(
        algorithm="SHA-256", max_number=max_number, hmac_key=key, expires=ends_at
    )
    return altcha.create_challenge_v1(options).to_dict()


def check(payload: str, key: str, *, now: datetime) -> Proof:
    """Return the proof that a payload (base64 of altcha's JSON) gives.

    Raises:
        NoProof: it gives none.
    """
    told = _read(payload)
    good, _ = altcha.verify_solution_v1(told, key, check_expires=False)
    if not good:
        raise NoProof("forged")
    # The salt is signed with the challenge, so its own end is to be believed.
    ends = altcha.extract_params_v1(told).get("expires", [])
    if len(ends) != 1 or not ends[0].isdecimal() or int(ends[0]) < now.timestamp():
        raise NoProof("too late")
    return Proof(hashlib.sha256(told["challenge"].encode()).hexdigest())


def _read(payload: str) -> Any:
    if len(payload) > _LONGEST:
        raise NoProof("too long")
    try:
        told = json.loads(base64.b64decode(payload, validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise NoProof("not base64 of JSON") from error
    texts = ("algorithm", "challenge", "salt", "signature")
    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in texts):
        raise NoProof("not altcha's JSON")
    if told["algorithm"] != "SHA-256" or type(told.get("number")) is not int:
        raise NoProof("not altcha's JSON")
    return told


def solve(given: dict[str, Any]) -> str:
    """Return the payload that proves the work of a challenge, as the visitor's machine would."""
    found = altcha.solve_challenge_v1(
        given["challenge"], given["salt"], "SHA-256", given["maxNumber"]
    )
    if found is None:
        raise NoProof("no number fits")
    told = {name: given[name] for name in ("algorithm", "challenge", "salt", "signature")}
    told["number"] = found.number
    return base64.b64encode(json.dumps(told).encode()).decode()
