"""Says which run of Ansible this is."""

from __future__ import annotations

import getpass
import multiprocessing
import os
import platform
import uuid
from typing import Any

from ansible import context
from ansible.plugins.lookup import LookupBase


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: dict[str, Any] | None = None, **kwargs: Any) -> list[str]:
        """Returns, for example, 'deploy.yml by anna@laptop (0242ac110002), process 4711', for playbook_runs.py to read.

        The number is the machine's hardware address, for two may have one name.
        """
        playbooks = " ".join(os.path.basename(playbook) for playbook in context.CLIARGS.get("args", ()))
        ansible = multiprocessing.parent_process()  # this is one of its workers, most often
        process = ansible.pid if ansible else os.getpid()
        machine = f"{platform.node()} ({uuid.getnode():012x})"
        return [f"{playbooks} by {getpass.getuser()}@{machine}, process {process}"]
