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
 * Migrates the primary and waits for every other server that answers. One that does not
 * is left: it has to apply the migration before it can show anything newer.
 */
final class ReplicatedMigration implements FlywayMigrationStrategy {

	private static final Logger logger = LoggerFactory.getLogger(ReplicatedMigration.class);

	// A server that is busy applying may miss a question or two.
	private static final Duration SILENCE = Duration.ofSeconds(5);

	// Within which replicas that are well have everything.
	private static final Duration MOMENT = Duration.ofSeconds(1);

	private final Cluster cluster;

	private final Node primary;

	private final MigrationProperties properties;

	ReplicatedMigration(Cluster cluster, Node primary, MigrationProperties properties) {
		this.cluster = cluster;
		this.primary = primary;
		this.properties = properties;
	}

	/** Connections to the primary, after a first one that worked. */
	DataSource primary() {
		try (Connection connection = this.primary.writes().getConnection()) {
			logger.debug("The first connection: {}", connection);
			return this.primary.writes();
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
			new ResumableMigration(this.primary.name(), this.primary.writes(), this.properties).migrate(flyway);
		}
		catch (FlywayException | SQLException ex) {
			throw isStillPrimary() ? MigrationException.failed(this.primary.name(), ex)
					: MigrationException.replaced(this.primary, this.cluster.topology(), ex);
		}
		return this.primary.ask()
			.orElseThrow(() -> MigrationException.replaced(this.primary, this.cluster.topology(), null));
	}

	private boolean isStillPrimary() {
		return this.cluster.nextPrimary().filter((node) -> node == this.primary).isPresent();
	}

	private void awaitAll(List<Node> others, GtidSet position) {
		long began = System.nanoTime();
		List<Node> late = others.stream().filter((node) -> !await(node, position, began)).toList();
		if (!late.isEmpty()) {
			late.forEach(ReplicatedMigration::warnOfLocks);
			throw MigrationException.late(late, this.cluster.topology(), this.properties.patience());
		}
	}

	private static void warnOfLocks(Node late) {
		List<LockHolder> holders = new LockHolders(late.reads()).inTheWayOfReplication();
		if (!holders.isEmpty()) {
			logger.warn("{} waits for {}. Wait until that has ended, or end it there as root: {}", late,
					LockHolder.describe(holders), LockHolder.kill(holders));
		}
	}

	/** False if there is a server to wait for, and no time. */
	private boolean await(Node node, GtidSet position, long began) {
		node.await(position, MOMENT);
		while (!node.has(position)) {
			if (isSilent(node) && !this.cluster.await(() -> !isSilent(node), SILENCE)) {
				logger.warn("Not waiting for {}, which does not answer: {}", node, this.cluster.complaint(node.name()));
				return true;
			}
			Duration left = this.properties.patience().minusNanos(System.nanoTime() - began);
			if (!this.cluster.await(() -> node.has(position) || isSilent(node), left)) {
				return false;
			}
		}
		logger.info("{} had it after {} ms", node, Duration.ofNanos(System.nanoTime() - began).toMillis());
		return true;
	}

	private boolean isSilent(Node node) {
		return this.cluster.topology().role(node.name()) == ServerRole.UNKNOWN;
	}

	private static String names(List<Node> nodes) {
		return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
	}

}
