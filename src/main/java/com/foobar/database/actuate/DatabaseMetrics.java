package com.foobar.database.actuate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.foobar.database.connection.AccessMode;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.server.NodePool;
import com.foobar.database.topology.ServerRole;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * Registers gauges of the database servers: how many have each role, how far each one is
 * behind the primary, and how many transactions wait for a connection to it.
 */
@Component
class DatabaseMetrics implements MeterBinder {

	private final Cluster cluster;

	DatabaseMetrics(Cluster cluster) {
		this.cluster = cluster;
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		for (ServerRole role : ServerRole.values()) {
			Gauge.builder("database.nodes", () -> this.cluster.topology().withRole(role).size())
				.description("How many database servers have the role")
				.tag("role", role.label())
				.register(meters);
		}
		for (Node node : this.cluster.nodes()) {
			TimeGauge.builder("database.lag", () -> lag(node), TimeUnit.MILLISECONDS)
				.description("How far the server is behind the primary; NaN if that is not known")
				.tag("node", node.name())
				.register(meters);
			registerWaiting(node.name(), AccessMode.READ, node.readPool(), meters);
			registerWaiting(node.name(), AccessMode.WRITE, node.writePool(), meters);
		}
	}

	// hikaricp.connections.pending counts only the transactions for which a connection is
	// being opened.
	private static void registerWaiting(String node, AccessMode access, NodePool pool, MeterRegistry meters) {
		Gauge.builder("database.pool.waiting", pool::waiting)
			.description("How many transactions wait until a connection is free")
			.tag("node", node)
			.tag("access", access.label())
			.register(meters);
	}

	private double lag(Node node) {
		Duration lag = this.cluster.topology().lag(node);
		return (lag != null) ? lag.toMillis() : Double.NaN;
	}

}
