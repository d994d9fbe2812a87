package com.foobar.database.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.foobar.database.server.Node;
import com.foobar.database.topology.ServerRole;
import com.foobar.database.topology.Topology;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts transactions by the server on which they run, its role, and why they run there.
 * Safe for use by several threads.
 */
final class RoutingMetrics {

	private final MeterRegistry meters;

	private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

	RoutingMetrics(MeterRegistry meters) {
		this.meters = meters;
	}

	/** Counts a transaction that got a connection to the chosen server. */
	void count(ReadRouter.Choice choice, Topology<Node> topology) {
		Node node = choice.node();
		this.counters.computeIfAbsent(new Key(node, topology.role(node), choice.reason()), this::counter).increment();
	}

	private Counter counter(Key key) {
		return Counter.builder("database.routed")
			.description("Transactions that were routed to a server, by the reason")
			.tag("node", key.node().name())
			.tag("role", key.role().label())
			.tag("reason", key.reason().label())
			.register(this.meters);
	}

	private record Key(Node node, ServerRole role, RoutingReason reason) {
	}

}
