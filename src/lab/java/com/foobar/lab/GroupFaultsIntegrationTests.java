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
 * What becomes of people who read and write while the primary of a replication group is
 * taken away, in one way after the other. The group has to mend itself each time.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GroupFaultsIntegrationTests {

	private String before = "";

	@BeforeEach
	void findPrimary() {
		this.before = Group.awaitPrimary();
	}

	@Test
	@Order(1)
	void killedPrimaryIsReplacedInSecondsAndNoReaderNotices() {
		Journal journal = Traffic.during(() -> {
			signal("KILL");
			Group.awaitOtherPrimaryThan(this.before);
			Group.awaitPrimary();
		});
		assertAll(() -> Target.withoutWrites(8).check("Kill the primary", journal), journal::assertEveryReadServed,
				() -> judge(journal));
	}

	@Test
	@Order(2)
	void frozenPrimaryIsReplacedAndThawsAsAReplica() {
		Journal journal = Traffic.during(() -> {
			signal("STOP");
			try {
				Group.awaitOtherPrimaryThan(this.before);
			}
			finally {
				signal("CONT");
			}
			Group.awaitPrimary();
		});
		assertAll(() -> Target.tell("Freeze the primary and thaw it", journal), journal::assertEveryReadServed,
				() -> judge(journal));
	}

	@Test
	@Order(3)
	void primaryWhoseServerIsCutOffIsReplacedAndComesBack() {
		var cut = new AtomicLong();
		Journal journal = Traffic.during(() -> {
			cutOff();
			cut.set(System.currentTimeMillis());
			try {
				Group.awaitOtherPrimaryThan(this.before);
			}
			finally {
				Lab.on(this.before, "nft", "delete", "table", "inet", "cut");
			}
			Group.awaitPrimary();
		});
		assertAll(() -> Target.tell("Cut the primary's server off", journal),
				// Of what was being answered the balancer may have sent on a half, and
				// cannot ask again.
				() -> journal.only((event) -> event.began() > cut.get()).assertEveryReadServed(), () -> judge(journal));
	}

	@Test
	@Order(4)
	void nobodyNoticesASwitchover() {
		String other = WebServers.otherThan(this.before);
		Journal journal = Traffic.during(() -> Lab.operate("switchover", other));
		assertAll(() -> Target.withoutWrites(1).check("Switchover in the group", journal),
				journal::assertEveryReadServed, journal::assertEveryWriteServed, () -> judge(journal),
				() -> assertThat(Group.awaitPrimary()).isEqualTo(other));
	}

	@Test
	@Order(5)
	void everythingIsThereAfterAllServersLostPower() {
		Journal journal = Traffic.during(() -> {
			Group.MEMBERS.parallelStream().forEach(Lab::powerOff);
			Group.MEMBERS.parallelStream().forEach(Lab::powerOn);
			Group.MEMBERS.forEach(Lab::awaitMySql);
			Lab.operate("reboot-cluster");
			Group.awaitPrimary();
		});
		assertAll(() -> Target.tell("Full outage and cold start", journal), () -> judge(journal));
	}

	private void judge(Journal journal) {
		new Judge(journal).decide(Group.MEMBERS, this.before, Group.awaitPrimary());
	}

	private void signal(String name) {
		Lab.on(this.before, "systemctl", "kill", "--signal=" + name, "mysql");
	}

	// From everybody: the other members, the balancer, and the application elsewhere.
	private void cutOff() {
		Lab.on(this.before, "nft", """
				table inet cut {
				  chain in { type filter hook input priority 0; iifname != "lo" drop; }
				  chain out { type filter hook output priority 0; oifname != "lo" drop; }
				}
				""");
	}

}
