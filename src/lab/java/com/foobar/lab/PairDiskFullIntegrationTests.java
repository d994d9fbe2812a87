package com.foobar.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests how visitors are served while the disk of a pair's server gets full. The primary
 * then takes no writes until there is space, and no other server takes them until an
 * operator promotes it.
 */
@Tag("lab")
@Tag("pair")
@Tag("long")
class PairDiskFullIntegrationTests {

	private Pair pair = new Pair("", "");

	private final List<SmallDisk> disks = new ArrayList<>();

	@BeforeEach
	void findPair() {
		this.pair = Pair.await();
	}

	@AfterEach
	void removeDisk() {
		this.disks.forEach(SmallDisk::remove);
		awaitWritesAtThePrimary();
	}

	@Test
	void replicaWithAFullDiskDelaysWritesByTenSecondsAtMost() {
		SmallDisk disk = makeDisk(this.pair.replica());
		Alerts alerts = Alerts.watch();
		LoadEvents events = Traffic.during(() -> {
			disk.fill();
			this.pair.awaitSemiSync("OFF");
			assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status"))
				.withMessageContaining("The disk of %s's database has".formatted(this.pair.replica()));
			Alerts.await("SemiSyncFallenBack", "DiskFull");
			disk.free();
			this.pair.awaitSemiSync("ON");
		});
		Alerts.awaitResolved("SemiSyncFallenBack", "DiskFull");
		assertAll(() -> Target.withoutWrites(11).check("Fill the disk of a pair's replica", events),
				events::assertEveryReadServed, events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Pair.SERVERS, this.pair.primary(), this.pair.primary()),
				// The replica applies nothing, and systemd restarts MySQL while it has no
				// space.
				() -> alerts.assertNoOtherFired("SemiSyncFallenBack", "DiskFull", "ReplicationLag", "ServiceRestarts"));
	}

	@Test
	void primaryWithAFullDiskAcceptsNoWritesUntilSpaceIsFree() {
		SmallDisk disk = makeDisk(this.pair.primary());
		LoadEvents events = Traffic.during(() -> {
			disk.fill();
			disk.awaitAgentStatus("Accepts no writes until there is space: less than 128 MB are free for its data");
			assertThat(SiteRequests.register()).isEqualTo(503);
			assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status"))
				.withMessageContaining("deploy/lab promote " + this.pair.replica());
			disk.free();
			awaitWritesAtThePrimary();
		});
		assertAll(() -> Target.report("Fill the disk of a pair's primary", events), events::assertEveryReadServed,
				() -> new DataCheck(events).assertConsistent(Pair.SERVERS, this.pair.primary(), this.pair.primary()));
	}

	private SmallDisk makeDisk(String server) {
		SmallDisk disk = SmallDisk.at(server);
		this.disks.add(disk);
		awaitWritesAtThePrimary();
		return disk;
	}

	private void awaitWritesAtThePrimary() {
		Awaitility.await("the primary takes writes")
			.atMost(Duration.ofSeconds(90))
			.ignoreExceptions()
			.until(() -> Pair.takesWrites(this.pair.primary()));
		Pair.awaitReplication(this.pair.replica());
	}

}
