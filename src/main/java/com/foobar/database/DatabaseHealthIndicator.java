package com.foobar.database;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Well as long as some server can be read from. Part of readiness: an instance that can
 * read is worth visiting, even while nobody can write.
 */
@Component("databaseHealthIndicator")
class DatabaseHealthIndicator implements HealthIndicator {

	private final Cluster cluster;

	DatabaseHealthIndicator(Cluster cluster) {
		this.cluster = cluster;
	}

	@Override
	public Health health() {
		Topology topology = this.cluster.topology();
		Health.Builder health = topology.readers().isEmpty() ? Health.outOfService() : Health.up();
		return health.withDetails(topology.roles()).build();
	}

}
