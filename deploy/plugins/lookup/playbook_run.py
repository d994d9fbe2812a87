"""A lookup that identifies this run of Ansible."""

from __future__ import annotations

import getpass
import hashlib
import multiprocessing
import os
import platform
from pathlib import Path
from typing import Any

from ansible import context
from ansible.plugins.lookup import LookupBase

MACHINE_ID = Path("/etc/machine-id")


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: dict[str, Any] | None = None, **kwargs: Any) -> list[str]:
        """Returns, for example, 'deploy.yml by anna@laptop (7d865e95), process 4711'.

        The number in parentheses tells two machines of the same name apart. A machine without /etc/machine-id has none.
        The filter playbook_run_ended parses the result.
        """
        playbooks = " ".join(os.path.basename(playbook) for playbook in context.CLIARGS.get("args", ()))
        main_process = multiprocessing.parent_process()  # this process is usually one of its workers
        pid = main_process.pid if main_process else os.getpid()
        machine = platform.node()
        if MACHINE_ID.is_file():
            machine += f" ({hashlib.sha256(MACHINE_ID.read_bytes()).hexdigest()[:8]})"
        return [f"{playbooks} by {getpass.getuser()}@{machine}, process {pid}"]
