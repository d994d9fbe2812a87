"""Finds out whether a run of Ansible has ended.

Input: two runs as lookup/playbook_run.py returns them, of which the second is this one. Output: a boolean.
"""

from __future__ import annotations

import os
import re
from typing import Any


def playbook_run_ended(run: str, this_run: str) -> bool:
    """Whether a run on the same machine as this run has ended; False for runs on other machines."""
    other, this = (re.search(r"@(?P<machine>.+), process (?P<pid>\d+)$", each) for each in (run, this_run))
    if not other or not this or other["machine"] != this["machine"]:
        return False
    try:
        os.kill(int(other["pid"]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # the process of another user
        pass
    return False


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"playbook_run_ended": playbook_run_ended}
