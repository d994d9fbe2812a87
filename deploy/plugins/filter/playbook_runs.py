"""Tells runs of Ansible that go on from those that are over."""

from __future__ import annotations

import os
import platform
import re
import uuid
from typing import Any


def is_over(run: str) -> bool:
    """Whether a run, as lookup/playbook_run.py says it, was one of this machine and has ended. Of others nobody knows."""
    said = re.search(r"@(\S+ \(\w+\)), process (\d+)$", run)
    if not said or said[1] != f"{platform.node()} ({uuid.getnode():012x})":
        return False
    try:
        os.kill(int(said[2]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # somebody else's
        pass
    return False


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"is_over": is_over}
