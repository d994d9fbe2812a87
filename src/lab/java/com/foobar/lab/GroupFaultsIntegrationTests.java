package com.foobar.lab;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests how visitors are served while the primary of a replication group fails in several
 * ways. The group recovers by itself each time, except after an outage of all servers.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GroupFaultsIntegrationTests {

	private final Alerts alerts = Alerts.watch();

	private String primary = "";

	@BeforeEach
	void findPrimary() {
		this.primary = Group.awaitPrimary();
	}

	@Test
	@Order(1)
	void killedPrimaryIsReplacedWithoutFailedReads() {
		LoadEvents events = Traffic.during(() -> {
			signal("KILL");
			Group.awaitOtherPrimaryThan(this.primary);
			Group.awaitPrimary();
		});
		assertAll(() -> Target.withoutWrites(8).check("Kill the primary", events), events::assertEveryReadServed,
				() -> assertConsistent(events), this.alerts::assertNoOtherFired);
	}

	@Test
	@Order(2)
	void frozenPrimaryIsReplacedAndThawsAsAReplica() {
		LoadEvents events = Traffic.during(() -> {
			signal("STOP");
			try {
				Group.awaitOtherPrimaryThan(this.primary);
			}
			finally {
				signal("CONT");
			}
			Group.awaitPrimary();
		});
		assertAll(() -> Target.report("Freeze the primary and thaw it", events), events::assertEveryReadServed,
				() -> assertConsistent(events), this.alerts::assertNoOtherFired);
	}

	@Test
	@Order(3)
	void isolatedPrimaryIsReplacedAndRejoins() {
		var cut = new AtomicLong();
		LoadEvents events = Traffic.during(() -> {
			cutOff();
			cut.set(System.currentTimeMillis());
			try {
				Group.awaitOtherPrimaryThan(this.primary);
			}
			finally {
				Lab.on(this.primary, "nft", "delete", "table", "inet", "cut");
			}
			Group.awaitPrimary();
		});
		assertAll(() -> Target.report("Cut the primary's server off", events),
				// The balancer may have sent a part of a response that was under way. It
				// cannot request it again.
				() -> events.only((event) -> event.began() > cut.get()).assertEveryReadServed(),
				() -> assertConsistent(events), this.alerts::assertNoOtherFired);
	}

	@Test
	@Order(4)
	void switchoverFailsNoRequest() {
		String other = WebServers.otherThan(this.primary);
		LoadEvents events = Traffic.during(() -> Lab.operate("switchover", other));
		assertAll(() -> Target.withoutWrites(1).check("Switchover in the group", events), events::assertEveryReadServed,
				events::assertEveryWriteServed, () -> assertConsistent(events),
				() -> assertThat(Group.awaitPrimary()).isEqualTo(other), this.alerts::assertNoOtherFired);
	}

	@Test
	@Order(5)
	void noAcknowledgedWriteIsLostByAPowerFailureOfAllServers() {
		LoadEvents events = Traffic.during(() -> {
			Group.MEMBERS.parallelStream().forEach(Lab::powerOff);
			Group.MEMBERS.parallelStream().forEach(Lab::powerOn);
			Group.MEMBERS.forEach(Lab::awaitMySql);
			Alerts.await("NoPrimary");
			Lab.operate("reboot-cluster");
			Group.awaitPrimary();
		});
		Alerts.awaitResolved("NoPrimary");
		assertAll(() -> Target.report("Full outage and cold start", events), () -> assertConsistent(events),
				() -> this.alerts.assertNoOtherFired("NoPrimary", "NoWebServer", "SiteUnreachable", "WritesWaiting",
						"AgentNeedsPerson", "ServiceRestarts"));
	}

	private void assertConsistent(LoadEvents events) {
		new DataCheck(events).assertConsistent(Group.MEMBERS, this.primary, Group.awaitPrimary());
	}

	private void signal(String name) {
		Lab.on(this.primary, "systemctl", "kill", "--signal=" + name, "mysql");
	}

	// The server loses its connections to the other members, the balancers and the other
	// instance.
	private void cutOff() {
		Lab.on(this.primary, "nft", """
				table inet cut {
				  chain in { type filter hook input priority 0; iifname != "lo" drop; }
				  chain out { type filter hook output priority 0; oifname != "lo" drop; }
				}
				""");
	}

}
