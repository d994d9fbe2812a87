package com.foobar.database;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyTests {

	@Test
	void theOnlyWritableServerIsThePrimary() {
		var topology = new Topology(Map.of("a", Role.REPLICA, "b", Role.PRIMARY));
		assertThat(topology.primary()).contains("b");
		assertThat(topology.readers()).containsExactly("a");
	}

	@Test
	void neitherOfTwoWritableServersIsThePrimary() {
		var topology = new Topology(Map.of("a", Role.PRIMARY, "b", Role.PRIMARY));
		assertThat(topology.primary()).isEmpty();
		assertThat(topology.readers()).containsExactly("a", "b");
	}

	@Test
	void thePrimaryIsReadWhenNoReplicaIsLeft() {
		var topology = new Topology(Map.of("a", Role.PRIMARY, "b", Role.UNKNOWN, "c", Role.DETACHED));
		assertThat(topology.readers()).containsExactly("a");
	}

	@Test
	void replicasAreReadWhileThereIsNoPrimary() {
		var topology = new Topology(Map.of("a", Role.UNKNOWN, "b", Role.REPLICA));
		assertThat(topology.primary()).isEmpty();
		assertThat(topology.readers()).containsExactly("b");
	}

	@Test
	void aServerThatAppliesNothingIsReadOnlyWhileNobodyWrites() {
		assertThat(new Topology(Map.of("a", Role.DETACHED, "b", Role.REPLICA)).readers()).containsExactly("b");
		assertThat(new Topology(Map.of("a", Role.DETACHED, "b", Role.UNKNOWN)).readers()).containsExactly("a");
	}

	@Test
	void aServerThatDoesNotAnswerIsNeverRead() {
		assertThat(new Topology(Map.of("a", Role.UNKNOWN)).readers()).isEmpty();
	}

	@Test
	void printsInTheOrderOfNames() {
		assertThat(new Topology(Map.of("web-02", Role.REPLICA, "web-01", Role.PRIMARY)))
			.hasToString("web-01 PRIMARY, web-02 REPLICA");
	}

}
