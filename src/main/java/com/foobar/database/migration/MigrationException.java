package com.foobar.database.migration;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.foobar.database.server.Node;
import com.foobar.database.topology.Topology;
import org.jspecify.annotations.Nullable;

/** The schema is not, or not everywhere, what a new release needs. */
class MigrationException extends RuntimeException {

	private final String remedy;

	private MigrationException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem, cause);
		this.remedy = remedy;
	}

	static MigrationException noPrimary(Topology topology) {
		return new MigrationException(
				"No database server accepts writes, so nothing was migrated [%s]".formatted(topology),
				"See that one of foobar.database.nodes accepts writes, and run it again.", null);
	}

	static MigrationException replaced(Node primary, Topology topology, @Nullable Throwable cause) {
		return new MigrationException(
				"Database server %s was the primary when the migration began, and is no more [%s]".formatted(primary,
						topology),
				"""
						Run it again: it goes on where the new primary is, and finishes a migration that was cut.""",
				cause);
	}

	static MigrationException failed(String server, Throwable cause) {
		String remedy = statement(cause).map(MigrationStatementException::remedy)
			.orElse("Mend what is said above, and run it again: what is done already is not done twice.");
		return new MigrationException("The schema on %s could not be migrated".formatted(server), remedy, cause);
	}

	private static Optional<MigrationStatementException> statement(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.filter(MigrationStatementException.class::isInstance)
			.map(MigrationStatementException.class::cast)
			.findFirst();
	}

	static MigrationException another(String primary, List<LockHolder> sessions, Duration patience) {
		return new MigrationException(
				"Another migration of the schema on %s has not ended within [%s]: %s".formatted(primary, patience,
						LockHolder.describe(sessions)),
				"""
						Wait until it has ended, and run this again; if it just needs longer, set \
						foobar.database.migration.patience. If it is to stop, type on %s as root: %s It then begins no \
						further statement.""".formatted(primary, LockHolder.kill(sessions)), null);
	}

	static MigrationException late(List<Node> servers, Topology topology, Duration patience) {
		List<String> late = servers.stream().map((server) -> describe(server.name(), topology)).toList();
		return new MigrationException(
				"The primary is migrated, but within [%s] it was not applied by %s".formatted(patience,
						String.join(" and ", late)),
				"""
						Roll nothing out that needs it. See on that server what performance_schema.replication_applier_status_by_worker \
						says, mend it or take it out of foobar.database.nodes, and run it again; if it just needs longer, set \
						foobar.database.migration.patience.""",
				null);
	}

	private static String describe(String server, Topology topology) {
		Duration lag = topology.lag(server);
		return "%s (%s, %s)".formatted(server, topology.role(server),
				(lag != null) ? lag.toSeconds() + " s behind" : "nobody knows how far behind");
	}

	String remedy() {
		return this.remedy;
	}

}
