"""Runs ansible-playbook in deploy/, as an operator does, for the tests."""

import os
import subprocess
from pathlib import Path

DEPLOY = Path(__file__).parents[1]


def run_playbook(*arguments: str, timeout: int = 120) -> subprocess.CompletedProcess[str]:
    """Runs ansible-playbook with these arguments, for as many seconds at most; stdout has all that it prints."""
    return subprocess.run(
        ("ansible-playbook", *arguments), cwd=DEPLOY, env={**os.environ, "ANSIBLE_CONFIG": str(DEPLOY / "ansible.cfg")},
        text=True, timeout=timeout, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip


def render(playbook: str, *arguments: str, timeout: int = 120) -> None:
    """Runs a playbook of tests/ that writes files, and fails with its output unless it succeeds."""
    result = run_playbook(*arguments, f"tests/{playbook}", timeout=timeout)
    if result.returncode:
        raise AssertionError(result.stdout)
