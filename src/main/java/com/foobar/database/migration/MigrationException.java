package com.foobar.database.migration;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.foobar.database.server.Node;
import com.foobar.database.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the schema is not migrated, or not on every server.
 * {@link MigrationFailureAnalyzer} prints it with what the operator can do.
 */
class MigrationException extends RuntimeException {

	private final String remedy;

	private MigrationException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem, cause);
		this.remedy = remedy;
	}

	static MigrationException noPrimary(Topology<?> topology) {
		return new MigrationException(
				"No database server accepts writes, so nothing was migrated [%s]".formatted(topology),
				"Make sure that one of foobar.database.nodes accepts writes, and run it again.", null);
	}

	static MigrationException primaryReplaced(Node primary, Topology<?> topology, @Nullable Throwable cause) {
		return new MigrationException(
				"Database server %s was the primary when the migration began, and is not any more [%s]"
					.formatted(primary, topology),
				"""
						Run it again: it migrates the new primary, and finishes a migration that was interrupted.""",
				cause);
	}

	static MigrationException failed(String server, Throwable cause) {
		String remedy = statementException(cause).map(MigrationStatementException::remedy)
			.orElse("Correct the error above, and run it again: no statement that is done runs twice.");
		return new MigrationException("The schema on %s could not be migrated".formatted(server), remedy, cause);
	}

	private static Optional<MigrationStatementException> statementException(Throwable error) {
		return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
			.filter(MigrationStatementException.class::isInstance)
			.map(MigrationStatementException.class::cast)
			.findFirst();
	}

	static MigrationException anotherMigration(String primary, List<LockHolder> sessions, Duration timeout) {
		return new MigrationException("Another migration of the schema on %s has not ended within [%s]: %s"
			.formatted(primary, timeout, LockHolder.describe(sessions)), """
					Wait until it has ended, and run this again; if it just needs longer, set \
					foobar.database.migration.timeout. To stop it, type on %s as root: %s It then begins no \
					further statement.""".formatted(primary, LockHolder.kill(sessions)), null);
	}

	static MigrationException notApplied(List<Node> servers, Topology<Node> topology, Duration timeout) {
		List<String> behind = servers.stream().map((server) -> describe(server, topology)).toList();
		return new MigrationException("The primary is migrated, but within [%s] it was not applied by %s"
			.formatted(timeout, String.join(" and ", behind)), """
					Roll nothing out that needs it. See on that server what \
					performance_schema.replication_applier_status_by_worker says, repair it or remove it from \
					foobar.database.nodes, and run it again; if it just needs longer, set \
					foobar.database.migration.timeout.""", null);
	}

	private static String describe(Node server, Topology<Node> topology) {
		Duration lag = topology.lag(server);
		return "%s (%s, %s)".formatted(server, topology.role(server),
				(lag != null) ? lag.toSeconds() + " s behind" : "lag unknown");
	}

	String remedy() {
		return this.remedy;
	}

}
