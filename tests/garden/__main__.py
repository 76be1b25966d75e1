"""`python -m tests.garden` serves the garden until interrupted; `--freeze` writes expected.json."""

import json
import sys
import threading
from typing import Any

from tests.garden.beds import planted
from tests.garden.ground import TODAY, Plan
from tests.garden.server import EXPECTED, Garden


def told(plan: Plan) -> dict[str, Any]:
    """Return the plan as expected.json holds it."""
    return {
        "today": TODAY.isoformat(),
        "settings": {
            "known_sites": ["{nation}", "{province}"],
            "own_telephones": ["0795-4660000", "0795-4660001", "0795-4660002"],
        },
        "sites": {
            name: {
                "title": site.title,
                "why": site.why,
                "families": list(site.families),
                "inspected": not site.bare or name.startswith("down-"),
            }
            for name, site in plan.sites.items()
        },
        "faults": plan.faults,
        "lookalikes": plan.lookalikes,
        "never_asked": plan.never_asked,
        "traps": plan.traps,
    }


def main() -> None:
    """Serve or freeze."""
    if "--freeze" in sys.argv[1:]:
        text = json.dumps(told(planted()), ensure_ascii=False, indent=1)
        EXPECTED.write_text(text + "\n", "utf-8")
        return
    with Garden() as garden:
        for name, site in garden.plan.sites.items():
            sys.stdout.write(f"{name:16} {garden.origin(name)}  {site.why}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
