package com.foobar.database.server;

import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which position a {@link Node} records for its server. */
class NodeTests {

	private final StubServer server = new StubServer("a");

	private final Node node = this.server.node();

	@Test
	void keepsPositionRecordedDuringAnEarlierProbe() {
		this.server.addExecuted("a:1-4");
		long sentAt = System.nanoTime();
		ProbeResult earlier = this.server.probeResult();
		this.node.recordExecuted(GtidSet.parse("a:1-5"));
		this.node.recordProbe(earlier, sentAt);
		assertThat(this.node.hasExecuted(GtidSet.parse("a:1-5"))).isTrue();
	}

	@Test
	void replacesPositionByThatOfALaterProbe() {
		this.server.addExecuted("a:1-4");
		this.node.recordExecuted(GtidSet.parse("a:1-5"));
		this.node.recordProbe(this.server.probeResult(), System.nanoTime());
		assertThat(this.node.hasExecuted(GtidSet.parse("a:1-5"))).isFalse();
	}

}
