package com.foobar.database.actuate;

import com.foobar.database.ReadProperties;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.Topology;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Reports UP while a database server can be read from, and OUT_OF_SERVICE otherwise. Part
 * of readiness: an instance that can read is useful even while no server accepts writes.
 */
@Component("databaseHealthIndicator")
class DatabaseHealthIndicator implements HealthIndicator {

	private final Cluster cluster;

	private final ReadProperties properties;

	DatabaseHealthIndicator(Cluster cluster, ReadProperties properties) {
		this.cluster = cluster;
		this.properties = properties;
	}

	@Override
	public Health health() {
		Topology<Node> topology = this.cluster.topology();
		Health.Builder health = topology.isReadable(this.properties.maxLag()) ? Health.up() : Health.outOfService();
		topology.roles().forEach((node, role) -> health.withDetail(node.name(), role));
		return health.build();
	}

}
