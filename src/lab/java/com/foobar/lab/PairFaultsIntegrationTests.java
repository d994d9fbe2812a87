package com.foobar.lab;

import java.time.Duration;

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
 * Tests how visitors are served while an operator exchanges the roles of a primary and
 * its replica.
 */
@Tag("lab")
@Tag("pair")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PairFaultsIntegrationTests {

	private Pair pair = new Pair("", "");

	@BeforeEach
	void findPrimary() {
		this.pair = Pair.await();
	}

	@Test
	@Order(1)
	void switchoverThatEndsAnOpenTransactionFailsNoRequest() {
		OpenTransaction.begin(this.pair.primary(), "BEGIN; SELECT COUNT(*) FROM articles WHERE title = 'somebody'");
		assertThatIllegalStateException()
			.isThrownBy(() -> Lab.operate("patch", this.pair.primary(), "-e", "mysql_open_transaction_seconds=1"))
			.withMessageContainingAll(
					"%s is still the primary. Transactions are open there".formatted(this.pair.primary()),
					"of root from localhost, open for",
					"idle after: SELECT COUNT ( * ) FROM `articles` WHERE `title` = ?",
					"patch.yml -e host=%s -e end_transactions=true".formatted(this.pair.primary()));
		assertThat(Lab.on("lb-01", "sh", "-c", "echo show stat | socat - /run/haproxy/admin.sock"))
			.doesNotContain("DRAIN");
		assertThat(Pair.await()).isEqualTo(this.pair);
		LoadEvents events = Traffic.during(() -> {
			Lab.operate("switchover", this.pair.replica(), "-e", "end_transactions=true");
			Pair.awaitReplication(this.pair.primary());
		});
		assertAll(() -> Target.withoutWrites(1).check("Switchover of the pair", events), events::assertEveryReadServed,
				events::assertEveryWriteServed, () -> assertConsistent(events));
	}

	// The replica has received everything that the primary acknowledged.
	@Test
	@Order(2)
	void promotedReplicaHasAllAcknowledgedWrites() {
		LoadEvents events = Traffic.during(() -> {
			Lab.powerOff(this.pair.primary());
			Lab.operate("promote", this.pair.replica(), "-e", "off=" + this.pair.primary());
		});
		Lab.powerOn(this.pair.primary());
		Lab.awaitMySql(this.pair.primary());
		// Only this server has the writes that were under way when the power failed. They
		// were not acknowledged.
		Lab.operate("rejoin", this.pair.primary(), "-e", "discard=true");
		Pair.awaitReplication(this.pair.primary());
		assertAll(() -> Target.report("Power off the primary and promote", events), () -> assertConsistent(events));
	}

	@Test
	@Order(3)
	void primaryThatCannotStopItsWritesStaysThePrimary() {
		// The playbook considers this writing statement a short one.
		OpenTransaction.begin(this.pair.primary(),
				"CREATE TABLE slow (id INT PRIMARY KEY) SELECT 1 AS id FROM (SELECT SLEEP(120)) AS asleep");
		assertThatIllegalStateException()
			.isThrownBy(() -> Lab.operate("switchover", this.pair.replica(), "-e", "mysql_timeout_seconds=2", "-e",
					"mysql_open_transaction_seconds=600"))
			.withMessageContaining("Nothing changed: %s is still the primary".formatted(this.pair.primary()));
		OpenTransaction.endAll(this.pair.primary());
		assertThat(Pair.await()).isEqualTo(this.pair);
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
			SiteRequests.publish();
			return true;
		});
	}

	// The primary's server does not answer ssh, but its MySQL takes writes.
	@Test
	@Order(4)
	void replicaIsNotPromotedWhileItReachesThePrimary() {
		Lab.on(this.pair.primary(), "nft", """
				table inet silent {
				  chain in { type filter hook input priority -10; tcp dport 22 reject with tcp reset; }
				}
				""");
		try {
			assertThatIllegalStateException()
				.isThrownBy(() -> Lab.operate("promote", this.pair.replica(), "-e", "off=" + this.pair.primary()))
				.withMessageContaining("%s is not off: queried from %s, MySQL there takes writes"
					.formatted(this.pair.primary(), this.pair.replica()));
		}
		finally {
			Lab.on(this.pair.primary(), "nft", "delete", "table", "inet", "silent");
		}
		assertThat(Pair.await()).isEqualTo(this.pair);
	}

	@Test
	@Order(5)
	void writesWaitTenSecondsForALostReplicaAndStatusReportsIt() {
		Alerts alerts = Alerts.watch();
		LoadEvents events = Traffic.during(() -> {
			Lab.on(this.pair.replica(), "systemctl", "stop", "mysql");
			this.pair.awaitSemiSync("OFF");
			assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status"))
				.withMessageContaining("has fallen back");
			Lab.on(this.pair.replica(), "systemctl", "start", "mysql");
			this.pair.awaitSemiSync("ON");
		});
		assertAll(() -> Target.withoutWrites(11).check("Stop the pair's replica", events),
				events::assertEveryReadServed, events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Pair.SERVERS, this.pair.primary(), this.pair.primary()),
				alerts::assertNoOtherFired);
	}

	// Writes wait for the missing server up to the timeout of semi-synchronous
	// replication.
	@Test
	@Order(6)
	@Tag("long")
	void patchAndRebootOfThePrimaryFailsNoRequest() {
		LoadEvents events = Traffic.during(() -> Lab.operate("patch", this.pair.primary(), "-e", "reboot=true"));
		Pair.awaitReplication(this.pair.primary());
		assertAll(() -> Target.report("Patch the primary's server", events), events::assertEveryReadServed,
				events::assertEveryWriteServed, () -> assertConsistent(events));
	}

	private void assertConsistent(LoadEvents events) {
		new DataCheck(events).assertConsistent(Pair.SERVERS, this.pair.primary(), this.pair.replica());
	}

}
