package com.foobar.lab;

import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests how visitors are served while the disks of a replication group's members get
 * full.
 */
@Tag("lab")
@Tag("group")
@Tag("mysql")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiskFullIntegrationTests {

	private final List<SmallDisk> disks = new ArrayList<>();

	@AfterEach
	void removeDisks() {
		this.disks.forEach(SmallDisk::free);
		this.disks.forEach((disk) -> {
			Group.awaitPrimary();
			disk.remove();
		});
		Group.awaitPrimary();
	}

	@Test
	@Order(1)
	void primaryWithAFullDiskIsReplacedAndRejoinsOnceSpaceIsFree() {
		String before = primaryWithSmallDisk();
		SmallDisk disk = this.disks.getFirst();
		LoadEvents events = Traffic.during(() -> {
			disk.fill();
			disk.awaitNoWrites();
			Group.awaitOtherPrimaryThan(before);
			disk.awaitAgentStatus("Stays out of the group: less than");
		});
		disk.free();
		String after = Group.awaitPrimary();
		assertAll(() -> Target.withoutWrites(15).check("Fill the primary's disk at once", events),
				events::assertEveryReadServed,
				() -> new DataCheck(events).assertConsistent(Group.MEMBERS, before, after));
	}

	@Test
	@Order(2)
	@Tag("long")
	void primaryHandsOverBeforeItsDiskIsFullAndRemovesBinaryLogs() {
		String before = primaryWithSmallDisk();
		SmallDisk disk = this.disks.getFirst();
		String oldest = oldestBinaryLog(before);
		Lab.sql(before, "FLUSH BINARY LOGS");
		LoadEvents events = Traffic.during(() -> {
			disk.fillExcept(64);
			Group.awaitOtherPrimaryThan(before);
		});
		disk.awaitAgentStatus("Member of the group, not to become the primary: less than 128 MB are free for its data");
		assertThat(oldestBinaryLog(before)).isNotEqualTo(oldest);
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status"))
			.withMessageContaining("The disk of %s's database has".formatted(before));
		disk.free();
		Awaitility.await("the member has its usual weight").until(() -> memberWeight(before), "50"::equals);
		String after = Group.awaitPrimary();
		assertAll(() -> Target.withoutWrites(2).check("Fill the primary's disk slowly", events),
				events::assertEveryReadServed, events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Group.MEMBERS, before, after));
	}

	@Test
	@Order(3)
	@Tag("long")
	void memberWithAFullDiskLeavesAndRejoins() {
		String primary = Group.awaitPrimary();
		String other = WebServers.otherThan(primary);
		SmallDisk disk = SmallDisk.at(other);
		this.disks.add(disk);
		Group.awaitPrimary();
		Alerts alerts = Alerts.watch();
		LoadEvents events = Traffic.during(() -> {
			disk.fill();
			disk.awaitAgentStatus("Stays out of the group: less than");
			Alerts.await("DiskFull");
			disk.free();
			disk.awaitAgentStatus("Member of the group");
		});
		String after = Group.awaitPrimary();
		Alerts.awaitResolved("DiskFull");
		assertAll(() -> Target.withoutWrites(2).check("Fill another member's disk", events),
				events::assertEveryReadServed,
				() -> new DataCheck(events).assertConsistent(Group.MEMBERS, primary, after),
				// systemd restarts MySQL while it has no space.
				() -> alerts.assertNoOtherFired("DiskFull", "ServiceRestarts"));
	}

	@Test
	@Order(4)
	@Tag("long")
	void firstMemberWithFreeSpaceBecomesThePrimary() {
		Group.MEMBERS.forEach((member) -> {
			this.disks.add(SmallDisk.at(member));
			Group.awaitPrimary();
		});
		LoadEvents events = Traffic.during(() -> {
			this.disks.parallelStream().forEach(SmallDisk::fill);
			String readOnly = Group.awaitReadOnlyPrimary();
			assertThat(SiteRequests.register()).isEqualTo(503);
			String first = WebServers.otherThan(readOnly);
			this.disks.get(Group.MEMBERS.indexOf(first)).free();
			Group.awaitOtherPrimaryThan(readOnly);
		});
		this.disks.forEach(SmallDisk::free);
		String after = Group.awaitPrimary();
		assertAll(() -> Target.report("Fill all disks at once", events), events::assertEveryReadServed,
				() -> new DataCheck(events).assertNothingLost(Group.MEMBERS, after));
	}

	private String primaryWithSmallDisk() {
		String server = WebServers.otherThan(Group.awaitPrimary());
		this.disks.add(SmallDisk.at(server));
		Group.awaitPrimary();
		Lab.sql(server, "SELECT group_replication_set_as_primary(@@server_uuid)");
		assertThat(Group.awaitPrimary()).isEqualTo(server);
		return server;
	}

	private static String memberWeight(String server) {
		return Lab.sql(server, "SELECT @@group_replication_member_weight");
	}

	private static String oldestBinaryLog(String server) {
		return Lab.sql(server, "SHOW BINARY LOGS").lines().findFirst().orElseThrow();
	}

}
