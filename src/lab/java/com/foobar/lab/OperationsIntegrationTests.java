package com.foobar.lab;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests that an operator can work on the group's servers while visitors read and write,
 * and that operations are refused that would lose their writes.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationsIntegrationTests {

	private String primary = "";

	private String other = "";

	@BeforeEach
	void findPrimary() {
		this.primary = Group.awaitPrimary();
		this.other = WebServers.otherThan(this.primary);
	}

	@Test
	@Order(1)
	void dryRunReportsTheSwitchoverAndChangesNothing() {
		assertThat(Lab.operate("switchover", this.other, "--check")).contains("Dry run: nothing is changed",
				this.other + " would become the primary");
		assertThat(Group.awaitPrimary()).isEqualTo(this.primary);
	}

	@Test
	@Order(2)
	void patchAndRebootOfThePrimaryFailsNoRequest() {
		String bootTime = bootTime(this.primary);
		LoadEvents events = Traffic.during(() -> Lab.operate("patch", this.primary, "-e", "reboot=true"));
		assertAll(() -> Target.report("Patch the primary's server", events), events::assertEveryReadServed,
				events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Group.MEMBERS, this.primary, Group.awaitPrimary()),
				() -> assertThat(bootTime(this.primary)).isNotEqualTo(bootTime));
	}

	@Test
	@Order(3)
	@Tag("long")
	void renewalOfInternalCertificatesFailsNoRequest() {
		List<String> certificates = Group.MEMBERS.stream().map(OperationsIntegrationTests::certificate).toList();
		LoadEvents events = Traffic.during(() -> Lab.operate("renew-internal-certificates"));
		assertAll(() -> Target.report("New certificates everywhere", events), events::assertEveryReadServed,
				events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Group.MEMBERS, this.primary, Group.awaitPrimary()));
		assertThat(Group.MEMBERS.stream().map(OperationsIntegrationTests::certificate))
			.doesNotContainAnyElementsOf(certificates);
		// Members that connect again show each other the new certificates.
		Lab.on("ops-01", "systemctl", "restart", "mysql");
		Group.awaitPrimary();
	}

	@Test
	@Order(4)
	@Tag("long")
	void memberWithErrantTransactionsRejoinsOnlyAfterTheyAreDiscarded() {
		Lab.on("ops-01", "systemctl", "stop", "mysql-agent");
		Lab.sql("ops-01",
				"""
						STOP GROUP_REPLICATION; SET GLOBAL read_only = OFF; CREATE DATABASE errant; SET GLOBAL super_read_only = ON
						""");
		Lab.on("ops-01", "systemctl", "start", "mysql-agent");
		Lab.awaitAgentStatus("ops-01", "Does not join: the group lacks", Duration.ofSeconds(30));
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status"))
			.withMessageContaining("deploy/lab rejoin ops-01");
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("rejoin", "ops-01"))
			.withMessageContaining("ops-01 has transactions that " + this.primary + " lacks");
		Lab.operate("rejoin", "ops-01", "-e", "discard=true");
		Group.awaitPrimary();
		assertThat(Lab.sql("ops-01", "SHOW DATABASES")).doesNotContain("errant");
		assertThat(Lab.sql("ops-01", "SELECT source FROM performance_schema.clone_status"))
			.as("the server that provided the copy")
			.isEqualTo("%s:3306".formatted(WebServers.otherThan(this.primary)));
		assertThat(Lab.on("ops-01", "sh", "-c", "cat /var/lib/mysql-agent/errant-transactions/*"))
			.contains("CREATE DATABASE errant");
	}

	@Test
	@Order(5)
	@Tag("long")
	void memberThatLacksPurgedBinaryLogsIsCloned() {
		Lab.powerOff("ops-01");
		for (String member : List.of("web-01", "web-02")) {
			Lab.sql(member, "FLUSH BINARY LOGS; PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 MINUTE");
		}
		Lab.powerOn("ops-01");
		Group.awaitPrimary();
		assertThat(Lab.sql("ops-01",
				"SELECT state FROM performance_schema.clone_status WHERE begin_time > NOW() - INTERVAL 2 MINUTE"))
			.isEqualTo("Completed");
	}

	@Test
	@Order(6)
	@Tag("long")
	void clusterRebootsFromAMemberThatHasAllTransactions() {
		// Members apply a transaction after the group has certified it. This member
		// cannot apply it at all.
		Lab.on(this.other, "sh", "-c",
				"(mysql -e 'FLUSH TABLES WITH READ LOCK; SELECT SLEEP(60)' >/dev/null 2>&1 &) && sleep 1");
		Lab.sql(this.primary, "CREATE DATABASE acknowledged");
		Stream.of("ops-01", this.other, this.primary).parallel().forEach(Lab::powerOff);
		Stream.of("ops-01", this.other).parallel().forEach(Lab::powerOn);
		Lab.awaitMySql("ops-01");
		Lab.awaitMySql(this.other);
		assertThat(Lab.sql(this.other, "SHOW DATABASES")).doesNotContain("acknowledged");
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("reboot-cluster"))
			.withMessageContaining(this.primary + ": no answer");
		assertThat(Lab.operate("reboot-cluster", "-e", "off=" + this.primary, "-e", "host=" + this.other))
			.contains(this.other + ": has all transactions");
		assertThat(Lab.sql(this.other, "SHOW DATABASES")).contains("acknowledged");
		Lab.powerOn(this.primary);
		Group.awaitPrimary();
		Lab.sql(this.other, "DROP DATABASE acknowledged");
	}

	@Test
	@Order(7)
	@Tag("long")
	void replicaIsAddedAndRemoved() {
		Lab.on("control", "sh", "-c",
				"echo 'replica: { hosts: { lb-01: { mysql_server_id: 9 } } }' > /root/replica.yml");
		runPlaybookWithReplica("site.yml");
		Awaitility.await("the site reads from lb-01")
			.atMost(Duration.ofSeconds(20))
			.until(() -> SiteRequests.get("/status.json").body(),
					(status) -> status.contains("\"name\":\"lb-01\",\"role\":\"replica\""));
		Lab.operate("switchover", this.other);
		Awaitility.await("lb-01 replicates from the new primary")
			.atMost(Duration.ofMinutes(1))
			.until(() -> Lab.sql("lb-01",
					"SELECT source_uuid FROM performance_schema.replication_connection_status WHERE channel_name = ''"),
					Lab.sql(this.other, "SELECT @@server_uuid")::equals);
		runPlaybookWithReplica("remove.yml", "-e", "host=lb-01");
	}

	@Test
	@Order(8)
	@Tag("long")
	void removedMemberIsAddedAgain() {
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("remove", this.primary))
			.withMessageContaining(this.primary + " is the primary");
		Lab.operate("remove", "ops-01");
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status")).withMessageContaining("ops-01");
		Lab.operate("up");
		assertThat(Group.awaitPrimary()).isEqualTo(this.primary);
	}

	@Test
	@Order(9)
	@Tag("long")
	void changedSettingIsAppliedWithoutARollOut() {
		String running = release("web-01");
		Lab.on("control", "sh", "-c", "cp ../target/foobar.jar /root/newer.jar && echo newer >> /root/newer.jar");
		Lab.on("web-02", "sh", "-c", "systemctl stop foobar && rm -r /opt/foobar/current /opt/foobar/releases");
		Lab.runPlaybook("site.yml", "-e", "application_jar=/root/newer.jar", "-e", "haproxy_request_limit=999");
		assertThat(Lab.on("lb-01", "cat", "/etc/haproxy/settings.cfg")).contains("FOOBAR_REQUEST_LIMIT 999");
		assertThat(List.of(release("web-01"), release("web-02"))).containsOnly(running);
		assertThat(Lab.on("web-01", "ls", "/opt/foobar") + Lab.on("web-02", "ls", "/opt/foobar")).doesNotContain("tar");
		Lab.operate("up");
	}

	private static String release(String server) {
		return Lab.on(server, "readlink", "/opt/foobar/current");
	}

	private static void runPlaybookWithReplica(String... arguments) {
		Stream<String> all = Stream.concat(Stream.of("-i", "/root/replica.yml"), Stream.of(arguments));
		Lab.runPlaybook(all.toArray(String[]::new));
	}

	private static String bootTime(String server) {
		return Lab.on(server, "systemctl", "show", "--property", "UserspaceTimestamp");
	}

	// Returns the serial number of the certificate that a client gets and verifies.
	private static String certificate(String server) {
		return Lab.on("control", "bash", "-o", "pipefail", "-c", """
				openssl s_client -connect %1$s:3306 -starttls mysql -verify_hostname %1$s -verify_return_error \
				    -CAfile %2$s </dev/null 2>/dev/null | openssl x509 -noout -serial
				""".formatted(server, Lab.CA_CERTIFICATE));
	}

}
