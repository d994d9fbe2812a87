package com.foobar.database.server;

import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is known of a server's position. */
class NodeTests {

	private final StubServer server = new StubServer("a");

	private final Node node = this.server.node();

	@Test
	void keepsWhatWasLearnedWhileAnOlderAnswerWasUnderWay() {
		this.server.has("a:1-4");
		long asked = System.nanoTime();
		ProbeResult older = this.server.report();
		this.node.learn(GtidSet.parse("a:1-5"));
		this.node.answered(older, asked);
		assertThat(this.node.has(GtidSet.parse("a:1-5"))).isTrue();
	}

	@Test
	void believesAServerThatWasAskedLaterAndHasLess() {
		this.server.has("a:1-4");
		this.node.learn(GtidSet.parse("a:1-5"));
		this.node.answered(this.server.report(), System.nanoTime());
		assertThat(this.node.has(GtidSet.parse("a:1-5"))).isFalse();
	}

}
