package com.foobar.database.server;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import com.foobar.database.BoundSettings;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;
import com.foobar.database.topology.RoleChanges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which topology the monitor publishes after each round of probes while servers
 * fail and recover.
 */
class TopologyMonitorTests {

	private static final String HEALTHY = "a ONLINE PRIMARY,b ONLINE SECONDARY,c ONLINE SECONDARY";

	private final StubServer a = new StubServer("a");

	private final StubServer b = new StubServer("b");

	private final StubServer c = new StubServer("c");

	private final StubProbe probeA = new StubProbe();

	private final StubProbe probeB = new StubProbe();

	private final StubProbe probeC = new StubProbe();

	private final RoleChanges<Node> changes = new RoleChanges<>(new SimpleMeterRegistry(), Clock.systemUTC());

	private final List<TopologyMonitor> monitors = new ArrayList<>();

	@AfterEach
	void close() {
		Stream.of(this.probeA, this.probeB, this.probeC).forEach((probe) -> probe.hang(false));
		this.monitors.forEach(TopologyMonitor::close);
	}

	@Test
	void topologyIsKnownAfterConstruction() {
		pair(true, false);
		assertThat(pairMonitor().topology()).hasToString("a PRIMARY, b REPLICA");
	}

	@Test
	void constructionEndsAfterTheTimeoutIfAServerHangs() {
		pair(true, false);
		this.probeB.hang(true);
		long began = System.nanoTime();
		assertThat(pairMonitor().topology()).hasToString("a PRIMARY, b UNKNOWN");
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(200),
				Duration.ofMillis(1500));
	}

	@Test
	void hangingServerIsUnknown() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		this.probeB.hang(true);
		await(monitor, "a PRIMARY, b UNKNOWN");
		assertThat(monitor.probeError(this.b.node())).isEqualTo("no answer in time");
		long since = System.nanoTime();
		assertThat(monitor.await(() -> this.a.node().hasAnsweredSince(since), Duration.ofSeconds(5))).isTrue();
		assertThat(monitor.await(() -> this.b.node().hasAnsweredSince(since), Duration.ofMillis(100))).isFalse();
	}

	@Test
	void serverIsSuspectUntilItAnswersALaterProbe() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		this.a.node().markSuspect();
		assertThat(monitor.await(() -> !this.a.node().isSuspect(), Duration.ofSeconds(5))).isTrue();
	}

	@Test
	void switchoverChangesRolesAndEvictsConnections() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		pair(false, true);
		await(monitor, "a REPLICA, b PRIMARY");
		Awaitility.await().until(() -> this.a.evictions() == 2 && this.b.evictions() == 2);
	}

	@Test
	void serverThatFlapsBetweenUnknownAndItsRoleKeepsItsConnections() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		for (int i = 0; i < 5; i++) {
			this.probeB.returnResult(null);
			await(monitor, "a PRIMARY, b UNKNOWN");
			pair(true, false);
			await(monitor, "a PRIMARY, b REPLICA");
		}
		Awaitility.await().until(() -> this.changes.recent().size() == 10);
		assertThat(this.b.evictions()).isZero();
	}

	@Test
	void twoWritableServersMeanNoPrimary() {
		pair(true, true);
		assertThat(pairMonitor().topology().primary()).isEmpty();
	}

	@Test
	void serverWhoseAnswerCannotBeParsedIsUnknown() {
		pair(true, false);
		this.probeB.fail(new IllegalArgumentException("No GTID set [nonsense]"));
		TopologyMonitor monitor = pairMonitor();
		assertThat(monitor.topology()).hasToString("a PRIMARY, b UNKNOWN");
	}

	@Test
	void primaryNamedByHalfOfItsGroupIsUnconfirmed() {
		group(HEALTHY, HEALTHY, HEALTHY);
		TopologyMonitor monitor = groupMonitor();
		assertThat(monitor.topology()).hasToString("a PRIMARY, b REPLICA, c REPLICA");
		// b and c have elected b. a does not know that, and c does not answer.
		String next = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		this.probeB.returnResult(member("b", true, next));
		this.probeC.returnResult(null);
		await(monitor, "a UNCONFIRMED, b UNCONFIRMED, c UNKNOWN");
		assertThat(monitor.topology().primary()).isEmpty();
		this.probeC.returnResult(member("c", false, next));
		await(monitor, "a UNCONFIRMED, b PRIMARY, c REPLICA");
	}

	@Test
	void primaryThatStillAppliesIsPromotingAndNotReadable() {
		String next = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		this.probeA.returnResult(null);
		this.probeB.returnResult(member("b", false, next));
		this.probeC.returnResult(member("c", false, next));
		TopologyMonitor monitor = groupMonitor();
		assertThat(monitor.topology()).hasToString("a UNKNOWN, b PROMOTING, c REPLICA");
		assertThat(monitor.topology().isReadable(Duration.ofSeconds(5))).isFalse();
	}

	@Test
	void lagIsFrozenWhileThereIsNoPrimary() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		assertThat(monitor.topology().lag(this.b.node())).isEqualTo(Duration.ZERO);
		this.probeA.returnResult(null);
		await(monitor, "a UNKNOWN, b REPLICA");
		assertThat(monitor.topology().replicas(Duration.ofSeconds(5))).containsExactly(this.b.node());
	}

	private void pair(boolean writableA, boolean writableB) {
		this.probeA.returnResult(withoutGroup("a", writableA));
		this.probeB.returnResult(withoutGroup("b", writableB));
	}

	private void group(String viewA, String viewB, String viewC) {
		this.probeA.returnResult(member("a", true, viewA));
		this.probeB.returnResult(member("b", false, viewB));
		this.probeC.returnResult(member("c", false, viewC));
	}

	private static ProbeResult withoutGroup(String uuid, boolean writable) {
		return new ProbeResult(uuid, writable, !writable, GtidSet.parse("u:1-9"), false, List.of(), 151);
	}

	private static ProbeResult member(String uuid, boolean writable, String view) {
		var members = Stream.of(view.split(","))
			.map((member) -> member.split(" "))
			.map((words) -> new ProbeResult.Member(words[0], words[1], words[2].equals("PRIMARY")))
			.toList();
		return new ProbeResult(uuid, writable, false, GtidSet.parse("u:1-9"), true, members, 151);
	}

	private TopologyMonitor pairMonitor() {
		return monitor(Map.of(this.a.node(), this.probeA, this.b.node(), this.probeB));
	}

	private TopologyMonitor groupMonitor() {
		return monitor(Map.of(this.a.node(), this.probeA, this.b.node(), this.probeB, this.c.node(), this.probeC));
	}

	private TopologyMonitor monitor(Map<Node, StubProbe> probes) {
		var properties = BoundSettings
			.database(Map.of("nodes", String.join(",", probes.keySet().stream().map(Node::name).toList()), "username",
					"x", "password", "x", "monitor.interval", "10ms", "monitor.timeout", "250ms"));
		var monitor = new TopologyMonitor(properties, probes, this.changes);
		this.monitors.add(monitor);
		return monitor;
	}

	private static void await(TopologyMonitor monitor, String topology) {
		assertThat(monitor.await(() -> monitor.topology().toString().equals(topology), Duration.ofSeconds(5)))
			.as("the topology becomes %s; the last one was %s", topology, monitor.topology())
			.isTrue();
	}

	/** Simulates a probe whose result a test sets. */
	private static final class StubProbe implements Probe {

		private volatile @Nullable ProbeResult result;

		private volatile @Nullable RuntimeException exception;

		private volatile CountDownLatch release = new CountDownLatch(0);

		void returnResult(@Nullable ProbeResult result) {
			this.result = result;
		}

		void fail(RuntimeException exception) {
			this.exception = exception;
		}

		void hang(boolean hangs) {
			this.release.countDown();
			this.release = new CountDownLatch(hangs ? 1 : 0);
		}

		@Override
		public Optional<ProbeResult> run() {
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				return Optional.empty();
			}
			if (this.exception != null) {
				throw this.exception;
			}
			return Optional.ofNullable(this.result);
		}

		@Override
		public String error() {
			return "";
		}

		@Override
		public void close() {
		}

	}

}
