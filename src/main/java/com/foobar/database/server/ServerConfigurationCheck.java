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
 * Logs a warning, once for each server and reason, about server settings that will cause
 * failures later. It does not stop the start of the application, because the servers may
 * be down at that time.
 *
 * <p>
 * Not thread-safe.
 */
final class ServerConfigurationCheck {

	private static final Logger logger = LoggerFactory.getLogger(ServerConfigurationCheck.class);

	// One for the probe, one to wait for positions, one to query the executed GTIDs.
	private static final int CONTROL_CONNECTIONS = 3;

	private final DatabaseProperties properties;

	private final Set<String> reported = new HashSet<>();

	ServerConfigurationCheck(DatabaseProperties properties) {
		this.properties = properties;
	}

	/** Warns about the settings that the servers reported in one round of probes. */
	void check(Map<Node, ProbeResult> results) {
		results.forEach((node, result) -> {
			checkConnections(node.name(), result);
			checkGtids(node.name(), result);
			checkMembers(result);
		});
		if (results.values().stream().map(ProbeResult::uuid).distinct().count() < results.size()) {
			warnOnce("names", "foobar.database.nodes names one server by two names. Name each server once");
		}
	}

	/**
	 * Warns about errant transactions of a server. It warns again if new ones come after
	 * the old ones are gone.
	 * @param hasErrant whether the server has transactions that the primary lacks
	 * @param own all transactions with the server's own UUID
	 */
	void checkErrant(Node node, boolean hasErrant, GtidSet own) {
		if (!hasErrant) {
			this.reported.remove("errant " + node);
			return;
		}
		warnOnce("errant " + node, """
				Database server %s has transactions of its own that the primary lacks, among [%s]. Either someone \
				wrote to it directly, or it was the primary and a failover lost them: set it up again from the \
				primary""".formatted(node, own));
	}

	private void checkConnections(String node, ProbeResult result) {
		int needed = 2 * this.properties.pool().size() + CONTROL_CONNECTIONS;
		if (needed > result.maxConnections()) {
			warnOnce("connections " + node,
					"""
							Database server %s allows %d connections, and this instance alone may open %d. Set its max_connections \
							to %d for each instance, or foobar.database.pool.size to %d or less"""
						.formatted(node, result.maxConnections(), needed, needed,
								(result.maxConnections() - CONTROL_CONNECTIONS) / 2));
		}
	}

	private void checkGtids(String node, ProbeResult result) {
		if (result.executed().isEmpty() && this.properties.nodes().size() > 1) {
			warnOnce("gtids " + node, """
					Database server %s has executed no transaction with a GTID, so the lag of its replicas is \
					unknown and no reads are sent to them. Unless it is empty, set its gtid_mode to ON"""
				.formatted(node));
		}
	}

	private void checkMembers(ProbeResult result) {
		int members = result.members().size();
		int named = this.properties.nodes().size();
		if (members > named) {
			warnOnce("unnamed members",
					"""
							The replication group has %d members, and foobar.database.nodes names %d servers. Name all of them: \
							a server only counts as the primary if a majority of the members names it"""
						.formatted(members, named));
		}
		if (members > 0 && members == named && members % 2 == 0) {
			warnOnce("even members", """
					The replication group has %d members, an even number: it tolerates no more failures than with \
					one member fewer. Add a member, or remove one""".formatted(members));
		}
	}

	// The key is the topic and not the text, because the text holds growing positions.
	private void warnOnce(String topic, String warning) {
		if (this.reported.add(topic)) {
			logger.warn(warning);
		}
	}

}
