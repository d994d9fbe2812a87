package com.foobar.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one server for its role, over a connection of its own: a pool that is exhausted or
 * full of broken connections says nothing about the server.
 */
final class RoleProbe implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RoleProbe.class);

	// A channel whose receiver is reconnecting still counts: its primary died, which is
	// when reads matter most.
	private static final String QUESTION = """
			SELECT @@global.read_only AS read_only, EXISTS (
			  SELECT 1 FROM performance_schema.replication_connection_status receiver
			    JOIN performance_schema.replication_applier_status applier USING (channel_name)
			   WHERE receiver.service_state <> 'OFF' AND applier.service_state = 'ON') AS replicating
			""";

	private final String node;

	private final String url;

	private final String username;

	private final String password;

	private @Nullable Connection connection;

	private String complaint = "";

	RoleProbe(NodeAddress address, DatabaseProperties properties) {
		DatabaseProperties.Monitor monitor = properties.monitor();
		boolean own = !monitor.username().isBlank();
		this.node = address.name();
		this.url = MySqlUrl.forProbe(address, monitor.timeout());
		this.username = own ? monitor.username() : properties.username();
		this.password = own ? monitor.password() : properties.password();
	}

	String node() {
		return this.node;
	}

	// A question that was given up may still be under way when the next is asked.
	synchronized Role ask() {
		try {
			Role role = question(connect());
			complain("");
			return role;
		}
		catch (SQLException ex) {
			close();
			complain(String.valueOf(ex.getMessage()));
			return Role.UNKNOWN;
		}
	}

	private Connection connect() throws SQLException {
		if (this.connection == null) {
			this.connection = DriverManager.getConnection(this.url, this.username, this.password);
		}
		return this.connection;
	}

	private static Role question(Connection connection) throws SQLException {
		try (var statement = connection.createStatement(); ResultSet answer = statement.executeQuery(QUESTION)) {
			answer.next();
			if (!answer.getBoolean("read_only")) {
				return Role.PRIMARY;
			}
			return answer.getBoolean("replicating") ? Role.REPLICA : Role.DETACHED;
		}
	}

	// Says why a server does not answer once, not at every question.
	private void complain(String reason) {
		if (!reason.isEmpty() && !reason.equals(this.complaint)) {
			logger.warn("Database server {} does not tell its role: {}", this.node, reason);
		}
		this.complaint = reason;
	}

	@Override
	public synchronized void close() {
		try (Connection closing = this.connection) {
			this.connection = null;
		}
		catch (SQLException ex) {
			logger.debug("Closing the probe of {}", this.node, ex);
		}
	}

}
