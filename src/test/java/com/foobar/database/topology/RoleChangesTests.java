package com.foobar.database.topology;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoleChangesTests {

	private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

	private final RoleChanges<String> changes = new RoleChanges<>(new SimpleMeterRegistry(),
			Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void changeHasTheTimeAtWhichItWasRecorded() {
		this.changes.record(topology(ServerRole.REPLICA), topology(ServerRole.PRIMARY), (node) -> "");
		assertThat(this.changes.recent()).singleElement()
			.isEqualTo(new RoleChanges.RoleChange(NOW, "a", ServerRole.REPLICA, ServerRole.PRIMARY, ""));
	}

	private static Topology<String> topology(ServerRole role) {
		return new Topology<>(Map.of("a", role), Map.of());
	}

}
