"""Finds out whether a run of Ansible has ended."""

from __future__ import annotations

import os
import re
from typing import Any


def is_over(run: str, this_run: str) -> bool:
    """Whether a run on the same machine as this run has ended; False for runs on other machines.

    Both runs are strings as lookup/playbook_run.py returns them.
    """
    said, own = (re.search(r"@(.+), process (\d+)$", each) for each in (run, this_run))
    if not said or not own or said[1] != own[1]:
        return False
    try:
        os.kill(int(said[2]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # the process of another user
        pass
    return False


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"is_over": is_over}
