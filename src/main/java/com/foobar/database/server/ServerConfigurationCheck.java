package com.foobar.database.server;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once for each server and reason, of servers that are set up in a way that will
 * hurt later. They may be down when the application starts, so this cannot stop the
 * start.
 */
final class ServerConfigurationCheck {

	private static final Logger logger = LoggerFactory.getLogger(ServerConfigurationCheck.class);

	// The probe, the wait for a position and the question for one.
	private static final int OWN_CONNECTIONS = 3;

	private final DatabaseProperties properties;

	private final Set<String> given = new HashSet<>();

	ServerConfigurationCheck(DatabaseProperties properties) {
		this.properties = properties;
	}

	void on(Map<String, ProbeResult> reports) {
		reports.forEach((node, report) -> {
			connections(node, report);
			gtids(node, report);
			members(report);
		});
		if (reports.values().stream().map(ProbeResult::uuid).distinct().count() < reports.size()) {
			once("names", "foobar.database.nodes names one server by two names. Name each server once");
		}
	}

	/**
	 * Warns of a server's own transactions, and again once they were gone and others have
	 * come.
	 * @param errant whether it has any that the primary lacks
	 * @param own all that it has made itself
	 */
	void onErrant(String node, boolean errant, GtidSet own) {
		if (!errant) {
			this.given.remove("errant " + node);
			return;
		}
		once("errant " + node, """
				Database server %s has transactions of its own that the primary lacks, among [%s]. It was written to \
				directly, or was the primary and lost them: set it up anew from the primary""".formatted(node, own));
	}

	private void connections(String node, ProbeResult report) {
		int needed = 2 * this.properties.pool().size() + OWN_CONNECTIONS;
		if (needed > report.maxConnections()) {
			once("connections " + node,
					"""
							Database server %s allows %d connections, and this instance alone may open %d. Set its max_connections \
							to %d for each instance, or foobar.database.pool.size to %d or less"""
						.formatted(node, report.maxConnections(), needed, needed,
								(report.maxConnections() - OWN_CONNECTIONS) / 2));
		}
	}

	private void gtids(String node, ProbeResult report) {
		if (report.executed().isEmpty() && this.properties.nodes().size() > 1) {
			once("gtids " + node,
					"""
							Database server %s has executed nothing, or not with GTIDs, so nothing tells how far a replica of it \
							is behind, and none is read from. Unless it is empty, set its gtid_mode to ON"""
						.formatted(node));
		}
	}

	private void members(ProbeResult report) {
		int members = report.members().size();
		int named = this.properties.nodes().size();
		if (members > named) {
			once("unnamed members",
					"""
							The replication group has %d members, and foobar.database.nodes names %d servers. Name all of them: \
							a primary is only believed when a majority of the members names it"""
						.formatted(members, named));
		}
		if (members > 0 && members == named && members % 2 == 0) {
			once("even members", """
					The replication group has %d members, an even number: it survives no more losses than with one \
					member fewer. Add a member, or remove one""".formatted(members));
		}
	}

	// By what it is about, not by its words: they hold positions, which grow.
	private void once(String about, String advice) {
		if (this.given.add(about)) {
			logger.warn(advice);
		}
	}

}
