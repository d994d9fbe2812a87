package com.foobar.database.actuate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.foobar.database.server.AccessMode;
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
 * What the servers are, as gauges: how many in each role, how far behind each is, and how
 * many wait for a connection to it.
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
			Gauge.builder("database.nodes", () -> this.cluster.topology().with(role).size())
				.tag("role", role.label())
				.register(meters);
		}
		for (Node node : this.cluster.nodes()) {
			TimeGauge.builder("database.lag", () -> lag(node), TimeUnit.MILLISECONDS)
				.description("How far the server is behind the primary; not a number if that cannot be told")
				.tag("node", node.name())
				.register(meters);
			waiting(node.name(), AccessMode.READ, node.reads(), meters);
			waiting(node.name(), AccessMode.WRITE, node.writes(), meters);
		}
	}

	// hikaricp.connections.pending counts only those for whom one is being opened.
	private static void waiting(String node, AccessMode access, NodePool pool, MeterRegistry meters) {
		Gauge.builder("database.pool.waiting", pool::waiting)
			.description("How many transactions wait until a connection is free")
			.tag("node", node)
			.tag("access", access.label())
			.register(meters);
	}

	private double lag(Node node) {
		Duration lag = this.cluster.topology().lag(node.name());
		return (lag != null) ? lag.toMillis() : Double.NaN;
	}

}
