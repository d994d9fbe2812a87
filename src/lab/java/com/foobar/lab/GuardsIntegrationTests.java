package com.foobar.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What the playbooks refuse of a group before anything is changed, and how a group gets
 * another name.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuardsIntegrationTests {

	private static final String NAME = "SELECT @@group_replication_group_name";

	private String before = "";

	private String other = "";

	@BeforeEach
	void findPrimary() {
		this.before = Group.awaitPrimary();
		this.other = WebServers.otherThan(this.before);
	}

	// It would be waited for, and its connection closed in the end.
	@Test
	@Order(1)
	void aForgottenTransactionIsNamedAndEndedWhenAskedTo() {
		OpenTransaction.begin(this.before, "BEGIN; SELECT COUNT(*) FROM articles WHERE title = 'somebody'");
		assertThatIllegalStateException()
			.isThrownBy(() -> Lab.operate("switchover", this.other, "-e", "mysql_open_transaction_seconds=1"))
			.withMessageContainingAll("of root from localhost, open for",
					"idle after: SELECT COUNT ( * ) FROM `articles` WHERE `title` = ?",
					"switchover.yml -e host=%s -e end_transactions=true".formatted(this.other));
		assertThat(Group.awaitPrimary()).isEqualTo(this.before);
		Lab.operate("switchover", this.other, "-e", "mysql_open_transaction_seconds=1", "-e", "end_transactions=true");
		assertThat(Group.awaitPrimary()).isEqualTo(this.other);
	}

	@Test
	@Order(2)
	void whoComesSecondIsToldWhoWorksOnTheServersAndChangesNothing() {
		CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> Lab.operate("switchover", this.other),
				Thread::startVirtualThread);
		Awaitility.await("the servers to be locked").until(() -> lock("web-01").equals("active"));
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("renew-internal-certificates"))
			.withMessageContainingAll("Nothing was touched", "is being changed by switchover.yml by root@");
		assertThat(first).succeedsWithin(Duration.ofMinutes(1));
		assertThat(Group.awaitPrimary()).isEqualTo(this.other);
		assertThat(lock("web-01")).isEqualTo("inactive");
	}

	// Its process is of another machine: nobody here knows whether it goes on.
	@Test
	@Order(3)
	void whatAnotherMachineHasLeftIsTakenOverWhenAskedTo() {
		Lab.on("web-02", "systemd-run", "--unit=foobar-playbook",
				"--description=patch.yml by anna@laptop, process 4711", "sleep", "infinity");
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("switchover", this.other))
			.withMessageContaining("web-02 is being changed by patch.yml by anna@laptop, process 4711")
			.withMessageContaining("-e take_over=true");
		assertThat(Group.awaitPrimary()).isEqualTo(this.before);
		Lab.operate("switchover", this.other, "-e", "take_over=true");
		assertThat(Group.awaitPrimary()).isEqualTo(this.other);
		assertThat(lock("web-02")).isEqualTo("inactive");
	}

	@Test
	@Order(4)
	@Tag("long")
	void runningGroupKeepsItsNameUntilItIsStartedWithAllMembers() throws IOException {
		String running = Lab.ask(this.before, NAME);
		String wanted = "mysql_group_name=" + UUID.randomUUID();
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status", "-e", wanted))
			.withMessageContaining("The group's name is [%s]".formatted(running));
		Lab.play("site.yml", "-e", wanted);
		assertThat(names()).containsOnly(running);
		stopAndStart();
		assertThatIllegalStateException()
			.isThrownBy(() -> Lab.operate("reboot-cluster", "-e", wanted, "-e", "off=" + this.other))
			.withMessageContaining("%s is not off".formatted(this.other));
		Lab.operate("reboot-cluster", "-e", wanted);
		Group.awaitPrimary();
		Visitor.publish();
		assertThat(names()).containsOnly(wanted.split("=")[1]);
		assertThat(Lab.ask("ops-01", "SELECT @@gtid_executed")).contains(running, wanted.split("=")[1]);
		stopAndStart();
		Lab.operate("reboot-cluster");
		assertThat(names()).containsOnly(running);
	}

	// Each attempt makes the whole group pause, and takes a minute where the group
	// refuses.
	@Test
	@Order(5)
	@Tag("long")
	void memberThatCannotJoinTriesLessAndLessOften() {
		String name = Lab.ask("ops-01", NAME);
		leaveForGroup(UUID.randomUUID().toString());
		try {
			Lab.awaitAgentStatus("ops-01",
					"did not take this server in, 2 times; the reason is in journalctl --unit mysql. "
							+ "The next attempt is in 4 s",
					Duration.ofMinutes(3));
		}
		finally {
			leaveForGroup(name);
		}
		Group.awaitPrimary();
	}

	private static void leaveForGroup(String name) {
		Lab.on("ops-01", "systemctl", "stop", "mysql-agent");
		Awaitility.await("an attempt to join to be over")
			.atMost(Duration.ofMinutes(2))
			.ignoreExceptions()
			.until(() -> Lab.ask("ops-01",
					"STOP GROUP_REPLICATION; SET GLOBAL group_replication_group_name = '%s'; SELECT 1".formatted(name)),
					"1"::equals);
		Lab.on("ops-01", "systemctl", "start", "mysql-agent");
	}

	private static String lock(String server) {
		return Lab.on(server, "sh", "-c", "systemctl is-active foobar-playbook || true");
	}

	private static List<String> names() {
		return Group.MEMBERS.stream().map((member) -> Lab.ask(member, NAME)).toList();
	}

	private static void stopAndStart() {
		Group.MEMBERS.parallelStream().forEach((member) -> Lab.on(member, "systemctl", "stop", "mysql"));
		Group.MEMBERS.parallelStream().forEach((member) -> Lab.on(member, "systemctl", "start", "mysql"));
		Group.MEMBERS.forEach(Lab::awaitMySql);
	}

}
