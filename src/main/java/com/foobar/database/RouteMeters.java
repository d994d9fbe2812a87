package com.foobar.database;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts transactions by where they run and why. */
final class RouteMeters {

	private final MeterRegistry meters;

	private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

	RouteMeters(MeterRegistry meters) {
		this.meters = meters;
	}

	void count(Reads.Choice choice, Topology topology) {
		String node = choice.node().name();
		this.counters.computeIfAbsent(new Key(node, topology.role(node), choice.reason()), this::counter).increment();
	}

	private Counter counter(Key key) {
		return this.meters.counter("database.routed", "node", key.node(), "role", key.role().label(), "reason",
				key.reason().label());
	}

	private record Key(String node, Role role, Reason reason) {
	}

}
