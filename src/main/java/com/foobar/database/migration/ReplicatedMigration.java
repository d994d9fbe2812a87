package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.foobar.database.MigrationProperties;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ServerRole;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.core.NestedExceptionUtils;

/**
 * Migrates the primary, and waits for at most {@code foobar.database.migration.timeout}
 * until every other server that answers has applied the migration. A server that does not
 * answer for five seconds is not waited for: it must apply the migration before it can
 * show anything newer. Not thread-safe.
 */
final class ReplicatedMigration implements FlywayMigrationStrategy {

	private static final Logger logger = LoggerFactory.getLogger(ReplicatedMigration.class);

	// A server that is busy applying the migration may fail to answer one or two probes.
	private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

	// Healthy replicas apply everything within this time.
	private static final Duration USUAL_DELAY = Duration.ofSeconds(1);

	private final Cluster cluster;

	private final Node primary;

	private final MigrationProperties properties;

	ReplicatedMigration(Cluster cluster, Node primary, MigrationProperties properties) {
		this.cluster = cluster;
		this.primary = primary;
		this.properties = properties;
	}

	/**
	 * Returns the data source of the primary, after a first connection has worked.
	 * @throws MigrationException if the connection fails
	 */
	DataSource primaryDataSource() {
		try (Connection connection = this.primary.writePool().getConnection()) {
			logger.debug("The first connection: {}", connection);
			return this.primary.writePool();
		}
		catch (SQLException ex) {
			throw MigrationException.failed(this.primary.name(), NestedExceptionUtils.getMostSpecificCause(ex));
		}
	}

	@Override
	public void migrate(Flyway flyway) {
		GtidSet position = migratePrimary(flyway);
		List<Node> others = this.cluster.nodes().stream().filter((node) -> node != this.primary).toList();
		if (!others.isEmpty()) {
			logger.info("The schema on {} is up to date. Waiting for {}", this.primary, names(others));
			awaitAll(others, position);
		}
	}

	private GtidSet migratePrimary(Flyway flyway) {
		try {
			new ResumableMigration(this.primary.name(), this.primary.writePool(), this.properties).migrate(flyway);
		}
		catch (FlywayException | SQLException ex) {
			throw isStillPrimary() ? MigrationException.failed(this.primary.name(), ex)
					: MigrationException.primaryReplaced(this.primary, this.cluster.topology(), ex);
		}
		return this.primary.queryExecuted()
			.orElseThrow(() -> MigrationException.primaryReplaced(this.primary, this.cluster.topology(), null));
	}

	private boolean isStillPrimary() {
		return this.cluster.nextPrimary().filter((node) -> node == this.primary).isPresent();
	}

	private void awaitAll(List<Node> others, GtidSet position) {
		long began = System.nanoTime();
		List<Node> behind = others.stream().filter((node) -> !await(node, position, began)).toList();
		if (!behind.isEmpty()) {
			behind.forEach(ReplicatedMigration::warnOfLocks);
			throw MigrationException.notApplied(behind, this.cluster.topology(), this.properties.timeout());
		}
	}

	private static void warnOfLocks(Node behind) {
		List<LockHolder> holders = new LockHolders(behind.readPool()).blockersOfReplication();
		if (!holders.isEmpty()) {
			logger.warn("{} waits for {}. Wait until that has ended, or end it there as root: {}", behind,
					LockHolder.describe(holders), LockHolder.kill(holders));
		}
	}

	/**
	 * Waits for a server, unless it does not answer.
	 * @return false if it answers and has not applied the migration in time
	 */
	private boolean await(Node node, GtidSet position, long began) {
		node.await(position, USUAL_DELAY);
		while (!node.hasExecuted(position)) {
			if (isUnresponsive(node) && !this.cluster.await(() -> !isUnresponsive(node), ANSWER_TIMEOUT)) {
				logger.warn("Not waiting for {}, which does not answer: {}", node, this.cluster.probeError(node));
				return true;
			}
			Duration left = this.properties.timeout().minusNanos(System.nanoTime() - began);
			if (!this.cluster.await(() -> node.hasExecuted(position) || isUnresponsive(node), left)) {
				return false;
			}
		}
		logger.info("{} has applied it after {} ms", node, Duration.ofNanos(System.nanoTime() - began).toMillis());
		return true;
	}

	private boolean isUnresponsive(Node node) {
		return this.cluster.topology().role(node) == ServerRole.UNKNOWN;
	}

	private static String names(List<Node> nodes) {
		return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
	}

}
