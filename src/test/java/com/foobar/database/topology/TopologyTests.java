package com.foobar.database.topology;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyTests {

	private static final Duration TOLERATED = Duration.ofSeconds(5);

	private static final Map<String, Duration> NO_LAG = Map.of("a", Duration.ZERO, "b", Duration.ZERO);

	@Test
	void onlyWritableServerIsThePrimary() {
		var topology = new Topology<>(Map.of("a", ServerRole.REPLICA, "b", ServerRole.PRIMARY), NO_LAG);
		assertThat(topology.primary()).contains("b");
		assertThat(topology.replicas(TOLERATED)).containsExactly("a");
	}

	@Test
	void twoWritableServersMeanNoPrimary() {
		var topology = new Topology<>(Map.of("a", ServerRole.PRIMARY, "b", ServerRole.PRIMARY), NO_LAG);
		assertThat(topology.primary()).isEmpty();
		assertThat(topology.readableWithoutPrimary(TOLERATED)).containsExactly("a", "b");
	}

	@Test
	void replicaAboveTheToleratedLagIsNotRead() {
		var topology = new Topology<>(Map.of("a", ServerRole.PRIMARY, "b", ServerRole.REPLICA),
				Map.of("b", TOLERATED.plusMillis(1)));
		assertThat(topology.replicas(TOLERATED)).isEmpty();
		assertThat(topology.replicas(TOLERATED.plusMillis(1))).containsExactly("b");
	}

	@Test
	void replicaWithUnknownLagIsNotRead() {
		assertThat(new Topology<>(Map.of("b", ServerRole.REPLICA), Map.of()).isReadable(TOLERATED)).isFalse();
	}

	@Test
	void replicasAreReadWhileThereIsNoPrimary() {
		var topology = new Topology<>(Map.of("a", ServerRole.UNKNOWN, "b", ServerRole.REPLICA), NO_LAG);
		assertThat(topology.primary()).isEmpty();
		assertThat(topology.replicas(TOLERATED)).containsExactly("b");
	}

	@Test
	void detachedServerIsReadOnlyWithoutPrimary() {
		assertThat(new Topology<>(Map.of("a", ServerRole.DETACHED, "b", ServerRole.PRIMARY), NO_LAG)
			.readableWithoutPrimary(TOLERATED)).isEmpty();
		assertThat(new Topology<>(Map.of("a", ServerRole.DETACHED, "b", ServerRole.UNKNOWN), NO_LAG)
			.readableWithoutPrimary(TOLERATED)).containsExactly("a");
	}

	@Test
	void promotingUnconfirmedAndUnknownServersAreNeverRead() {
		for (ServerRole role : new ServerRole[] { ServerRole.PROMOTING, ServerRole.UNCONFIRMED, ServerRole.UNKNOWN }) {
			assertThat(new Topology<>(Map.of("a", role), NO_LAG).isReadable(TOLERATED)).isFalse();
		}
	}

	@Test
	void printsInTheOrderOfNames() {
		assertThat(new Topology<>(Map.of("web-02", ServerRole.REPLICA, "web-01", ServerRole.PRIMARY), Map.of()))
			.hasToString("web-01 PRIMARY, web-02 REPLICA");
	}

}
