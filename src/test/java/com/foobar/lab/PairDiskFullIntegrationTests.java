package com.foobar.lab;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * What becomes of people who read and write while the disk of a pair's primary gets full:
 * it takes no writes until there is room, and nobody else does before a person says so.
 */
@Tag("lab")
@Tag("pair")
@Tag("long")
class PairDiskFullIntegrationTests {

	private Pair pair = new Pair("", "");

	private SmallDisk disk;

	@BeforeEach
	void makeDisk() {
		this.pair = Pair.await();
		this.disk = SmallDisk.at(this.pair.primary());
		awaitWritesAtThePrimary();
	}

	@AfterEach
	void removeDisk() {
		this.disk.remove();
		awaitWritesAtThePrimary();
	}

	@Test
	void primaryWhoseDiskFillsAtOnceTakesNoWritesUntilThereIsRoom() {
		Journal journal = Traffic.during(() -> {
			this.disk.fill();
			this.disk.awaitKeeper("Takes no writes before there is room: less than 128 MB are free for its data");
			assertThat(Visitor.register()).isEqualTo(503);
			assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status"))
				.withMessageContaining("deploy/lab promote " + this.pair.replica());
			this.disk.free();
			awaitWritesAtThePrimary();
		});
		assertAll(() -> Target.tell("Fill the disk of a pair's primary", journal), journal::assertEveryReadServed,
				() -> new Judge(journal).decide(Pair.SERVERS, this.pair.primary(), this.pair.primary()));
	}

	private void awaitWritesAtThePrimary() {
		Awaitility.await("the primary to take writes")
			.atMost(Duration.ofSeconds(90))
			.ignoreExceptions()
			.until(() -> Pair.takesWrites(this.pair.primary()));
		Pair.awaitReplication(this.pair.replica());
	}

}
