package com.foobar.database.server;

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
 * What the monitor makes of servers that fall ill, one round of questions after the
 * other.
 */
class TopologyMonitorTests {

	private static final String WELL = "a ONLINE PRIMARY,b ONLINE SECONDARY,c ONLINE SECONDARY";

	private final StubServer a = new StubServer("a");

	private final StubServer b = new StubServer("b");

	private final StubServer c = new StubServer("c");

	private final StubProbe ofA = new StubProbe("a");

	private final StubProbe ofB = new StubProbe("b");

	private final StubProbe ofC = new StubProbe("c");

	private final RoleChanges changes = new RoleChanges(new SimpleMeterRegistry());

	private final List<TopologyMonitor> monitors = new ArrayList<>();

	@AfterEach
	void close() {
		Stream.of(this.ofA, this.ofB, this.ofC).forEach((probe) -> probe.hang(false));
		this.monitors.forEach(TopologyMonitor::close);
	}

	@Test
	void itKnowsTheWayOnceItIsThere() {
		pair(true, false);
		assertThat(pairMonitor().topology()).hasToString("a PRIMARY, b REPLICA");
	}

	@Test
	void itIsThereAfterTheTimeoutThoughAServerHangs() {
		pair(true, false);
		this.ofB.hang(true);
		long began = System.nanoTime();
		assertThat(pairMonitor().topology()).hasToString("a PRIMARY, b UNKNOWN");
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(200),
				Duration.ofMillis(1500));
	}

	@Test
	void aServerThatHangsIsDoneWithoutAndHeardOfNoMore() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		this.ofB.hang(true);
		await(monitor, "a PRIMARY, b UNKNOWN");
		assertThat(monitor.complaint("b")).isEqualTo("no answer in time");
		long since = System.nanoTime();
		assertThat(monitor.await(() -> this.a.node().hasAnswered(since), Duration.ofSeconds(5))).isTrue();
		assertThat(monitor.await(() -> this.b.node().hasAnswered(since), Duration.ofMillis(100))).isFalse();
	}

	@Test
	void aSuspicionEndsWithTheNextAnswerToAQuestionAskedAfterIt() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		this.a.node().suspect();
		assertThat(monitor.await(() -> !this.a.node().isSuspect(), Duration.ofSeconds(5))).isTrue();
	}

	@Test
	void aSwitchIsFollowedAndTheConnectionsOfTheOldRolesAreLetGo() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		pair(false, true);
		await(monitor, "a REPLICA, b PRIMARY");
		Awaitility.await().until(() -> this.a.evictions() == 2 && this.b.evictions() == 2);
	}

	@Test
	void aServerThatFlapsBetweenSilenceAndItsRoleKeepsItsConnections() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		for (int i = 0; i < 5; i++) {
			this.ofB.say(null);
			await(monitor, "a PRIMARY, b UNKNOWN");
			pair(true, false);
			await(monitor, "a PRIMARY, b REPLICA");
		}
		Awaitility.await().until(() -> this.changes.recent().size() == 10);
		assertThat(this.b.evictions()).isZero();
	}

	@Test
	void neitherOfTwoWritableServersIsThePrimary() {
		pair(true, true);
		assertThat(pairMonitor().topology().primary()).isEmpty();
	}

	@Test
	void anAnswerThatCannotBeReadIsAComplaint() {
		pair(true, false);
		this.ofB.fail(new IllegalArgumentException("No GTID set [nonsense]"));
		TopologyMonitor monitor = pairMonitor();
		assertThat(monitor.topology()).hasToString("a PRIMARY, b UNKNOWN");
	}

	@Test
	void aPrimaryThatHalfOfItsGroupNamesIsNotBelieved() {
		group(WELL, WELL, WELL);
		TopologyMonitor monitor = groupMonitor();
		assertThat(monitor.topology()).hasToString("a PRIMARY, b REPLICA, c REPLICA");
		// b and c have chosen b; a has not heard of it, and c not yet either.
		String next = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		this.ofB.say(member("b", true, next));
		this.ofC.say(null);
		await(monitor, "a UNCONFIRMED, b UNCONFIRMED, c UNKNOWN");
		assertThat(monitor.topology().primary()).isEmpty();
		this.ofC.say(member("c", false, next));
		await(monitor, "a UNCONFIRMED, b PRIMARY, c REPLICA");
	}

	@Test
	void aPrimaryThatStillAppliesGetsNothingYet() {
		String next = "b ONLINE PRIMARY,c ONLINE SECONDARY";
		this.ofA.say(null);
		this.ofB.say(member("b", false, next));
		this.ofC.say(member("c", false, next));
		TopologyMonitor monitor = groupMonitor();
		assertThat(monitor.topology()).hasToString("a UNKNOWN, b PROMOTING, c REPLICA");
		assertThat(monitor.topology().isReadable(Duration.ofSeconds(5))).isFalse();
	}

	@Test
	void lagIsFrozenWhileThereIsNoPrimary() {
		pair(true, false);
		TopologyMonitor monitor = pairMonitor();
		assertThat(monitor.topology().lag("b")).isEqualTo(Duration.ZERO);
		this.ofA.say(null);
		await(monitor, "a UNKNOWN, b REPLICA");
		assertThat(monitor.topology().replicas(Duration.ofSeconds(5))).containsExactly("b");
	}

	private void pair(boolean writableA, boolean writableB) {
		this.ofA.say(alone("a", writableA));
		this.ofB.say(alone("b", writableB));
	}

	private void group(String viewA, String viewB, String viewC) {
		this.ofA.say(member("a", true, viewA));
		this.ofB.say(member("b", false, viewB));
		this.ofC.say(member("c", false, viewC));
	}

	private static ProbeResult alone(String uuid, boolean writable) {
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
		return monitor(List.of(this.a.node(), this.b.node()), List.of(this.ofA, this.ofB));
	}

	private TopologyMonitor groupMonitor() {
		return monitor(List.of(this.a.node(), this.b.node(), this.c.node()), List.of(this.ofA, this.ofB, this.ofC));
	}

	private TopologyMonitor monitor(List<Node> nodes, List<StubProbe> probes) {
		var properties = BoundSettings
			.database(Map.of("nodes", String.join(",", nodes.stream().map(Node::name).toList()), "username", "x",
					"password", "x", "monitor.interval", "10ms", "monitor.timeout", "250ms"));
		var monitor = new TopologyMonitor(properties, nodes, probes, this.changes);
		this.monitors.add(monitor);
		return monitor;
	}

	private static void await(TopologyMonitor monitor, String topology) {
		assertThat(monitor.await(() -> monitor.topology().toString().equals(topology), Duration.ofSeconds(5)))
			.as("%s, at last %s", topology, monitor.topology())
			.isTrue();
	}

	/** A server that says of itself what a test wants. */
	private static final class StubProbe implements Probe {

		private final String node;

		private volatile @Nullable ProbeResult report;

		private volatile @Nullable RuntimeException failure;

		private volatile CountDownLatch answers = new CountDownLatch(0);

		private StubProbe(String node) {
			this.node = node;
		}

		void say(@Nullable ProbeResult report) {
			this.report = report;
		}

		void fail(RuntimeException failure) {
			this.failure = failure;
		}

		void hang(boolean hangs) {
			this.answers.countDown();
			this.answers = new CountDownLatch(hangs ? 1 : 0);
		}

		@Override
		public String node() {
			return this.node;
		}

		@Override
		public Optional<ProbeResult> ask() {
			try {
				this.answers.await();
			}
			catch (InterruptedException ex) {
				return Optional.empty();
			}
			if (this.failure != null) {
				throw this.failure;
			}
			return Optional.ofNullable(this.report);
		}

		@Override
		public String complaint() {
			return "";
		}

		@Override
		public void close() {
		}

	}

}
