"""The output of whole runs of playbooks, none of which connects to a server."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

DEPLOY = Path(__file__).parents[1]
sys.path.insert(0, str(DEPLOY / "plugins" / "filter"))

from renamed_variables import NEW_NAMES  # noqa: E402

NOTHING_TOUCHED = "Nothing was touched. Change in "

# The settings that an operator has to fill in.
EXAMPLES = [
    *("192.0.2.11", "192.0.2.12", "192.0.2.21", "192.0.2.22", "192.0.2.31"),
    *("site_url", "virtual_addresses", "https_acme_email", "operator_networks", "own_networks"),
    *("mysql_application_password", "mysql_migration_password", "mysql_monitor_password"),
    *("mysql_replication_password", "haproxy_cluster_secret"),
    *("application_token_key", "https_acme_account_key", "tls_ca_certificate", "tls_ca_key"),
    "mysql_group_name",
    *("prometheus_operator_password", "alertmanager_email_to", "alertmanager_email_from", "alertmanager_smtp_host"),
    "alertmanager_smtp_password",
]

PEMS = [
    ("tls_ca_certificate", "CERTIFICATE", "MDEyMzQ1Njc4OWFiY2RlZg=="),
    ("tls_ca_key", "PRIVATE KEY", "MDEyMzQ1Njc4OWFiY2RlZg=="),
    ("https_acme_account_key", "EC PRIVATE KEY", "MAoGCCqGSM49AwEH"),  # names its curve
]

MESSAGES = """
- hosts: all
  tasks:
    - name: Hidden title
      debug: { msg: "host      role\\nweb-01    primary" }
      run_once: true
    - name: Change something
      command: "true"
    - name: Change something on one
      command: "true"
      when: inventory_hostname == 'web-01'
    - name: Compare
      assert: { that: false, quiet: true, fail_msg: "web-02 lacks a transaction.\\nRun: rejoin" }
      when: inventory_hostname == 'web-02'
"""

QUIET = """
- hosts: all
  vars: { quiet: true }
  tasks:
    - name: Change something
      command: "true"
    - name: Fail and ignore it
      command: "false"
      ignore_errors: true
    - block:
        - include_tasks: /dev/null
        - name: Fail with a rescue
          command: "false"
      rescue:
        - name: Rescue
          command: "true"
    - name: Show
      debug: { msg: "host      role\\nweb-01    primary" }
      run_once: true
    - name: Break
      command: "false"
      tags: [broken, never]
    - name: Refuse
      assert: { that: false, quiet: true, fail_msg: "web-02 needs a person." }
      run_once: true
"""

# The reported state of servers, and what the role mysql_replication computes from it.
TOPOLOGY = """
- hosts: mysql
  tasks:
    - set_fact: { mysql_state: "{{ answers[inventory_hostname] }}" }
    - include_role: { name: mysql_replication, tasks_from: topology }
    - debug: { msg: "primary {{ mysql_primary }}, successor [{{ mysql_successor }}]" }
      run_once: true
"""

UPGRADABLE = """
- hosts: web-01
  environment: { PATH: "{{ commands }}:/usr/bin:/bin" }
  tasks:
    - include_role: { name: mysql, tasks_from: list-upgrades }
    - debug: { msg: "{{ mysql_upgrades | map('join', ' ') | join(', ') }}" }
"""

SIMULATED = """The following held packages will be changed:
  mysql-community-client mysql-community-server
Inst libssl3t64 [3.5.1-1] (3.5.2-1 Debian:unstable [amd64])
Inst mysql-community-client [9.7.4-1] (9.7.5-1+b1 repository [amd64])
Inst mysql-community-server [9.7.4-1] (9.7.5-1+b1 repository [amd64]) []
Conf mysql-community-server (9.7.5-1+b1 repository [amd64])
"""


class PlaybookTableTests(unittest.TestCase):
    def test_the_manual_lists_each_playbook_once(self) -> None:
        listed = re.findall(r"^\| `([a-z-]+\.yml)", (DEPLOY / "README.md").read_text(), re.MULTILINE)
        self.assertEqual(sorted(playbook.name for playbook in DEPLOY.glob("*.yml")), sorted(listed))


class PlaybookTests(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        self.contacts = self.directory / "contacts"
        self.ssh = self.directory / "ssh"
        self.ssh.write_text(f"#!/bin/sh\necho contact >> {self.contacts}\nexit 255\n")
        self.ssh.chmod(0o700)

    def test_the_example_is_refused_until_it_is_filled_in(self) -> None:
        out = self.play("site.yml", inventory=DEPLOY / "inventory" / "example", succeeds=False)
        sentences = re.findall("^- (.*)", out, re.MULTILINE)
        self.assertIn(NOTHING_TOUCHED + "inventory/example:\n", out)
        for sentence, place in zip(sentences, EXAMPLES, strict=True):
            self.assertIn(place, sentence)
            self.assertIn("the example's value: write", sentence)
        self.assertFalse(self.contacts.exists())

    def test_an_inventory_with_one_fault_touches_no_server(self) -> None:
        inventory = self.inventory(lambda text: text.replace("10.0.0.11", "8.8.8.8"))
        for playbook in ("site.yml", "promote.yml"):
            out = self.play(playbook, "--limit", "web-01", inventory=inventory, succeeds=False)
            self.assertIn("the address [8.8.8.8] of lb-01 is not an address of yours", out)
        self.assertFalse(self.contacts.exists())

    def test_a_variable_with_an_old_name_is_refused(self) -> None:
        old, new = next(iter(NEW_NAMES.items()))
        out = self.play("site.yml", "-e", f"{old}=60", inventory=self.inventory(), succeeds=False)
        self.assertIn(f"- {old} is called {new} now: rename it", out)
        self.assertFalse(self.contacts.exists())

    def test_an_inventory_with_old_names_is_told_only_these(self) -> None:
        found = set()

        def with_old_names(text: str) -> str:
            for old, new in NEW_NAMES.items():
                text, count = re.subn(rf"(?m)^{new}:", f"{old}:", text)
                found.update([f"- {old} is called {new} now: rename it, where you set it"] * count)
            return text

        out = self.play("site.yml", inventory=self.inventory(with_old_names), succeeds=False)
        self.assertTrue(found)
        self.assertEqual(set(re.findall("^- .*", out, re.MULTILINE)), found)
        self.assertFalse(self.contacts.exists())

    def test_a_tag_with_an_old_name_is_refused(self) -> None:
        inventory = self.inventory()
        for playbook, option, old, new in (
            ("site.yml", "--tags", "https", "tls_public"),
            ("site.yml", "--skip-tags", "certificate", "tls_internal"),
            ("status.yml", "--tags", "certificate", "tls_internal"),
        ):
            out = self.play(playbook, option, old, inventory=inventory, succeeds=False)
            self.assertIn(f"- the tag {old} is called {new} now: write {option} {new}", out)
        self.assertFalse(self.contacts.exists())

    def test_a_valid_inventory_lets_the_servers_be_identified(self) -> None:
        out = self.play("site.yml", inventory=self.inventory(), succeeds=False)
        self.assertIn("TASK [Read each server's identity]", out)
        self.assertIn("UNREACHABLE", out)
        self.assertNotIn("TASK [common", out)
        self.assertTrue(self.contacts.exists())

    def test_one_unreachable_server_leaves_the_others_unchanged(self) -> None:
        inventory = self.inventory()
        for group in ("balancer", "web"):
            (inventory / "group_vars" / f"{group}.yml").write_text("ansible_connection: local\n")
        out = self.play("site.yml", inventory=inventory, succeeds=False)
        self.assertIn("- ops-01 does not answer: start it, or leave it out: --limit 'all:!ops-01'", out)
        self.assertNotIn("TASK [common", out)

    def test_every_role_can_be_run_alone(self) -> None:
        listed = self.play("site.yml", "--list-tags", inventory=self.inventory(), succeeds=True)
        tags = set(re.findall(r"\w+", " ".join(re.findall(r"TASK TAGS: \[(.*)\]", listed))))
        # A role without tasks has variables for others.
        names = {path.parents[1].name for path in DEPLOY.glob("roles/*/tasks/main.yml")}
        roles = {name for name in names if not name.startswith("mysql_")}
        self.assertEqual(tags, roles - {"apt", "request_log", "status"} | {"always"})

    def test_servers_that_differ_from_the_inventory_are_refused(self) -> None:
        local = ("-e", "ansible_connection=local")
        out = self.play("playbooks/check-servers.yml", *local, inventory=self.inventory(), succeeds=False)
        self.assertIn("- lb-01 does not have the address [10.0.0.11] but [", out)
        self.assertIn("- lb-01, lb-02, web-01, web-02 and ops-01 are one machine: correct hosts.yml", out)

    def test_secrets_in_a_vault_are_checked_and_not_printed(self) -> None:
        inventory = self.inventory()
        secrets = inventory / "group_vars" / "all" / "secrets.yml"
        secrets.write_text(secrets.read_text().replace("0123456789abcdef03", "0123456789abcdef'quote"))
        password = self.directory / "vault"
        password.write_text("of the test")
        self.run_command("ansible-vault", "encrypt", f"--vault-password-file={password}", str(secrets))
        out = self.play("check.yml", f"--vault-password-file={password}", "-vvv", inventory=inventory, succeeds=False)
        self.assertIn("secrets.yml: mysql_monitor_password has a quote", out)
        self.assertNotIn("0123456789abcdef", out)

    def test_one_secret_in_a_vault_is_read(self) -> None:
        inventory = self.inventory()
        secrets = inventory / "group_vars" / "all" / "secrets.yml"
        password = self.directory / "vault"
        password.write_text("of the test")
        vaulted = self.run_command(
            "ansible-vault", "encrypt_string", f"--vault-password-file={password}", "0123456789abcdef99"
        )
        plain = "mysql_monitor_password: 0123456789abcdef03"
        secrets.write_text(secrets.read_text().replace(plain, f"mysql_monitor_password: {vaulted}"))
        self.play("check.yml", f"--vault-password-file={password}", inventory=inventory, succeeds=True)

    def test_a_host_written_twice_is_refused(self) -> None:
        line = "    web-01: { mysql_server_id: 1 }\n"
        inventory = self.inventory(lambda text: text.replace(line, line + line.replace("1 }", "4 }")))
        out = self.play("check.yml", inventory=inventory, succeeds=False)
        self.assertRegex(out, r"duplicate mapping key 'web-01'.\nOrigin: .*hosts.yml:\d+")

    def test_an_inventory_without_hosts_is_refused(self) -> None:
        empty = self.directory / "hosts.yml"
        empty.write_text("balancer:\n  hosts:\n")
        out = self.play("site.yml", inventory=empty, succeeds=False)
        self.assertIn("hosts.yml has no host in the group [mysql]", out)

    def test_messages_are_plain_text_and_tasks_have_times(self) -> None:
        playbook = self.directory / "messages.yml"
        playbook.write_text(MESSAGES)
        out = self.play(str(playbook), "-e", "ansible_connection=local", inventory=self.inventory(), succeeds=False)
        self.assertIn("\n\nhost      role\nweb-01    primary\n", out)
        self.assertNotIn("Hidden title", out)
        self.assertRegex(out, r"\n-- Change something: \d\.\d s\n")
        self.assertRegex(out, r"\n-- Change something on one \(web-01\): \d\.\d s\n")
        self.assertIn("\nfatal: [web-02]: FAILED!\nweb-02 lacks a transaction.\nRun: rejoin\n", out)
        self.assertNotIn("[ERROR]", out)
        self.assertRegex(out, r"TIMES \*+\nChange something +\d\.\d s\nChange something on one \(web-01\) +\d\.\d s\n")
        self.assertRegex(out, r"web-01 +: ok=2 +changed=2")
        self.assertNotIn("Dry run", out)

    def test_a_dry_run_is_announced_first(self) -> None:
        out = self.play("check.yml", "--check", inventory=self.inventory(), succeeds=True)
        self.assertTrue(out.startswith("Dry run: nothing is changed\n"), out)

    def test_a_quiet_play_prints_only_messages_and_failures(self) -> None:
        playbook = self.directory / "quiet.yml"
        playbook.write_text(QUIET)
        local, inventory = ("-e", "ansible_connection=local"), self.inventory()
        out = self.play(str(playbook), *local, inventory=inventory, succeeds=False)
        self.assertEqual(out, "\nhost      role\nweb-01    primary\n\nweb-02 needs a person.\n")
        out = self.play(str(playbook), *local, "--tags", "broken", inventory=inventory, succeeds=False)
        self.assertIn("TASK [Break]", out)
        out = self.play(str(playbook), *local, "-v", inventory=inventory, succeeds=False)
        self.assertIn("TASK [Change something]", out)

    def test_maintenance_reports_the_unreachable_balancers(self) -> None:
        out = self.play("maintenance.yml", "-e", "state=on", inventory=self.inventory(), succeeds=False)
        self.assertIn("lb-01 and lb-02 could not be reached, and may show visitors something else.", out)

    def test_a_request_is_searched_for_by_its_id_alone(self) -> None:
        inventory = self.inventory()
        missing = self.play("find-request.yml", inventory=inventory, succeeds=False)
        self.assertIn("The variable id is missing: write -e id= with the header X-Request-Id", missing)
        for wrong in ("1", "019ad3c8-5a52-4c8b-9a53-0d6b7c1e2f40", "019ad3c8-5a52-7c8b-9a53-0d6b7c1e2f40;reboot"):
            refused = self.play("find-request.yml", "-e", f"id={wrong}", inventory=inventory, succeeds=False)
            self.assertIn(f"[{wrong}] is no request id: write -e id=", refused)

    def test_a_request_is_not_searched_for_where_nobody_keeps_the_journals(self) -> None:
        def without_ops(text: str) -> str:
            return re.sub(r"(?m)^ops:\n  hosts:\n    ops-01:\n", "", text)

        id_ = ("-e", "id=019ad3c8-5a52-7c8b-9a53-0d6b7c1e2f40")
        refused = self.play("find-request.yml", *id_, inventory=self.inventory(without_ops), succeeds=False)
        self.assertIn("hosts.yml has no group ops, and nobody receives the servers' journals: write it", refused)

    def test_the_status_of_an_unreachable_site(self) -> None:
        inventory = self.inventory()
        out = self.play("status.yml", inventory=inventory, succeeds=False)
        self.assertNotIn("TASK", out)
        self.assertRegex(out, r"\ndatabase +role .*\nweb-01 +unreachable .*\nweb-02 +unreachable ")
        self.assertRegex(out, r"\nNeeds a person:\n- lb-01 is unreachable \[.*(\n  .*)*\n    ssh admin@lb-01\n")

    def test_mysql_is_not_upgraded_while_a_server_is_missing(self) -> None:
        out = self.play("upgrade-mysql.yml", inventory=self.inventory(), succeeds=False)
        self.assertIn("web-01, web-02, ops-01 are missing: run status.yml, and fix what it reports first", out)
        self.assertNotIn("TASK [Upgrade", out)

    def test_the_successor_has_the_oldest_version_and_then_the_highest_weight(self) -> None:
        inventory = self.inventory(lambda text: text.replace("mysql_weight: 10", "mysql_weight: 60"))
        self.assertEqual(self.topology(inventory, 90704, 90704, 90704), "primary web-01, successor [ops-01]")
        self.assertEqual(self.topology(inventory, 90704, 90704, 90705), "primary web-01, successor [web-02]")
        self.assertEqual(self.topology(inventory, 90704, 90705, 90705), "primary web-01, successor [ops-01]")
        self.assertEqual(self.topology(inventory, 90704, 90704, None), "primary web-01, successor [web-02]")
        self.assertEqual(self.topology(inventory, 90704, None, None), "primary web-01, successor []")

    def test_all_mysql_packages_are_upgraded_whatever_their_names(self) -> None:
        self.assertIn(
            "\nmysql-community-client 9.7.4-1 9.7.5-1+b1, mysql-community-server 9.7.4-1 9.7.5-1+b1\n",
            self.upgradable(library="3.5.2-1", succeeds=True),
        )

    def test_mysql_is_not_upgraded_with_a_library_from_a_forbidden_source(self) -> None:
        self.assertIn(
            "\nweb-01 would need from a source that may not provide it: libssl3t64 3.5.2-1 (Debian:unstable).",
            self.upgradable(library="3.5.1-1", succeeds=False),
        )

    def upgradable(self, library: str, succeeds: bool) -> str:
        """The output of list-upgrades if apt may install that version of libssl3t64."""
        policy = f"libssl3t64:\n  Installed: 3.5.1-1\n  Candidate: {library}"
        for name, said in (("apt-mark", "mysql-community-server"), ("apt-get", SIMULATED), ("apt-cache", policy)):
            command = self.directory / name
            command.write_text(f"#!/bin/sh\ncat <<'END'\n{said}\nEND\n")
            command.chmod(0o700)
        playbook = self.directory / "upgrades.yml"
        playbook.write_text(UPGRADABLE)
        variables = json.dumps({"ansible_connection": "local", "commands": str(self.directory)})
        return self.play(str(playbook), "-e", variables, inventory=self.inventory(), succeeds=succeeds)

    def topology(self, inventory: Path, *versions: int | None) -> str:
        """The primary and successor of the group web-01, web-02, ops-01; one without a version does not answer."""
        state = {"primary": "web-01", "in_group": True}
        answers = [{**state, "version": version} if version else {} for version in versions]
        variables = {"ansible_connection": "local", "answers": dict(zip(("web-01", "web-02", "ops-01"), answers))}
        playbook = self.directory / "topology.yml"
        playbook.write_text(TOPOLOGY)
        out = self.play(str(playbook), "-e", json.dumps(variables), inventory=inventory, succeeds=True)
        return re.findall("^primary .*", out, re.MULTILINE)[0]

    def inventory(self, change=lambda text: text) -> Path:
        """A copy of the example that is filled in."""
        target = self.directory / "inventory"
        (target / "group_vars" / "all").mkdir(parents=True)
        example = DEPLOY / "inventory" / "example"
        for source in filter(Path.is_file, example.rglob("*.yml")):
            text = source.read_text().replace("192.0.2.", "10.0.0.").replace("198.51.100.", "10.9.9.")
            text = text.replace("change-me@example.com", "me@foobar.org").replace("example.com", "foobar.org")
            for number in (1, 2, 3, 4, 7, 8):
                text = text.replace("_password: change-me", f"_password: 0123456789abcdef{number:02}", 1)
            text = text.replace("smtp_username: change-me", "smtp_username: me")
            text = text.replace("token_key: change-me", "token_key: MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
            text = text.replace("cluster_secret: change-me", "cluster_secret: 0123456789abcdef06")
            text = text.replace("group_name: change-me", "group_name: 3f0c1d7e-5a52-4c8b-9a53-0d6b7c1e2f40")
            for name, kind, content in PEMS:
                pem = f"|\n  -----BEGIN {kind}-----\n  {content}\n  -----END {kind}-----"
                text = text.replace(f"{name}: change-me", f"{name}: {pem}")
            (target / source.relative_to(example)).write_text(change(text))
        return target

    def play(self, playbook: str, *arguments: str, inventory: Path, succeeds: bool) -> str:
        command = ("ansible-playbook", "-i", str(inventory), *arguments, playbook)
        return self.run_command(*command, succeeds=succeeds)

    def run_command(self, *command: str, succeeds: bool = True) -> str:
        settings = {"ANSIBLE_CONFIG": str(DEPLOY / "ansible.cfg"), "ANSIBLE_SSH_EXECUTABLE": str(self.ssh)}
        result = subprocess.run(
            command, cwd=DEPLOY, env={**os.environ, **settings}, text=True, timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT if succeeds is False else subprocess.PIPE,
        )  # fmt: skip
        self.assertEqual(result.returncode == 0, succeeds, result.stdout)
        return result.stdout


if __name__ == "__main__":
    unittest.main()
