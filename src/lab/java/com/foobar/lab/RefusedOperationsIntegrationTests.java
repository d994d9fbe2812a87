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
 * Tests which operations on a group the playbooks refuse before they change anything, and
 * how a group gets another name.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusedOperationsIntegrationTests {

	private static final String SELECT_GROUP_NAME = "SELECT @@group_replication_group_name";

	private String primary = "";

	private String other = "";

	@BeforeEach
	void findPrimary() {
		this.primary = Group.awaitPrimary();
		this.other = WebServers.otherThan(this.primary);
	}

	// A switchover would wait for the transaction, and finally close its connection.
	@Test
	@Order(1)
	@Tag("long")
	void openTransactionIsReportedAndEndedOnRequest() {
		OpenTransaction.begin(this.primary, "BEGIN; SELECT COUNT(*) FROM articles WHERE title = 'somebody'");
		assertThatIllegalStateException()
			.isThrownBy(() -> Lab.operate("switchover", this.other, "-e", "mysql_open_transaction_seconds=1"))
			.withMessageContainingAll("of root from localhost, open for",
					"idle after: SELECT COUNT ( * ) FROM `articles` WHERE `title` = ?",
					"switchover.yml -e host=%s -e end_transactions=true".formatted(this.other));
		assertThat(Group.awaitPrimary()).isEqualTo(this.primary);
		Lab.operate("switchover", this.other, "-e", "mysql_open_transaction_seconds=1", "-e", "end_transactions=true");
		assertThat(Group.awaitPrimary()).isEqualTo(this.other);
	}

	@Test
	@Order(2)
	void secondPlaybookIsRefusedWithTheNameOfTheRunningOne() {
		CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> Lab.operate("switchover", this.other),
				Thread::startVirtualThread);
		Awaitility.await("the servers are locked").until(() -> lockState("web-01").equals("active"));
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("renew-internal-certificates"))
			.withMessageContainingAll("Nothing was touched", "is being changed by switchover.yml by root@");
		assertThat(first).succeedsWithin(Duration.ofMinutes(1));
		assertThat(Group.awaitPrimary()).isEqualTo(this.other);
		assertThat(lockState("web-01")).isEqualTo("inactive");
	}

	// The process runs on another machine, so nobody here knows whether it continues.
	@Test
	@Order(3)
	@Tag("long")
	void lockOfAnotherMachineIsTakenOverOnRequest() {
		Lab.on("web-02", "systemd-run", "--unit=foobar-playbook",
				"--description=patch.yml by anna@laptop, process 4711", "sleep", "infinity");
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("switchover", this.other))
			.withMessageContaining("web-02 is being changed by patch.yml by anna@laptop, process 4711")
			.withMessageContaining("-e take_over=true");
		assertThat(Group.awaitPrimary()).isEqualTo(this.primary);
		Lab.operate("switchover", this.other, "-e", "take_over=true");
		assertThat(Group.awaitPrimary()).isEqualTo(this.other);
		assertThat(lockState("web-02")).isEqualTo("inactive");
	}

	@Test
	@Order(4)
	@Tag("long")
	void runningGroupKeepsItsNameUntilItIsStartedWithAllMembers() throws IOException {
		String running = Lab.sql(this.primary, SELECT_GROUP_NAME);
		String wanted = "mysql_group_name=" + UUID.randomUUID();
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status", "-e", wanted))
			.withMessageContaining("The group's name is [%s]".formatted(running));
		Lab.runPlaybook("site.yml", "-e", wanted);
		assertThat(groupNames()).containsOnly(running);
		restartMySql();
		assertThatIllegalStateException()
			.isThrownBy(() -> Lab.operate("reboot-cluster", "-e", wanted, "-e", "off=" + this.other))
			.withMessageContaining("%s is not off".formatted(this.other));
		Lab.operate("reboot-cluster", "-e", wanted);
		Group.awaitPrimary();
		SiteRequests.publish();
		assertThat(groupNames()).containsOnly(wanted.split("=")[1]);
		assertThat(Lab.sql("ops-01", "SELECT @@gtid_executed")).contains(running, wanted.split("=")[1]);
		restartMySql();
		Lab.operate("reboot-cluster");
		assertThat(groupNames()).containsOnly(running);
	}

	// Each attempt pauses the whole group, and takes a minute if the group refuses.
	@Test
	@Order(5)
	@Tag("long")
	void memberThatCannotJoinRetriesWithGrowingDelays() {
		String name = Lab.sql("ops-01", SELECT_GROUP_NAME);
		setGroupName(UUID.randomUUID().toString());
		try {
			Lab.awaitAgentStatus("ops-01",
					"did not take this server in, 2 times; the reason is in journalctl --unit mysql. "
							+ "The next attempt is in 4 s",
					Duration.ofMinutes(3));
		}
		finally {
			setGroupName(name);
		}
		Group.awaitPrimary();
	}

	private static void setGroupName(String name) {
		Lab.on("ops-01", "systemctl", "stop", "mysql-agent");
		Awaitility.await("the attempt to join has ended")
			.atMost(Duration.ofMinutes(2))
			.ignoreExceptions()
			.until(() -> Lab.sql("ops-01",
					"STOP GROUP_REPLICATION; SET GLOBAL group_replication_group_name = '%s'; SELECT 1".formatted(name)),
					"1"::equals);
		Lab.on("ops-01", "systemctl", "start", "mysql-agent");
	}

	private static String lockState(String server) {
		return Lab.on(server, "sh", "-c", "systemctl is-active foobar-playbook || true");
	}

	private static List<String> groupNames() {
		return Group.MEMBERS.stream().map((member) -> Lab.sql(member, SELECT_GROUP_NAME)).toList();
	}

	private static void restartMySql() {
		Group.MEMBERS.parallelStream().forEach((member) -> Lab.on(member, "systemctl", "stop", "mysql"));
		Group.MEMBERS.parallelStream().forEach((member) -> Lab.on(member, "systemctl", "start", "mysql"));
		Group.MEMBERS.forEach(Lab::awaitMySql);
	}

}
