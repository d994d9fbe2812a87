package com.foobar.database;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.validation.annotation.Validated;

/**
 * Where the database is. No role is ever configured: who is the primary is asked of the
 * servers themselves.
 *
 * @param nodes the MySQL servers, each {@code host} or {@code host:port}; none means the
 * embedded database
 * @param name the schema on each of them
 * @param username the account that reads and writes the site's tables, required with
 * nodes
 * @param password its password, required with nodes
 * @param monitor how the servers are watched
 * @param pool the connections kept to each server
 */
@Validated
@ConfigurationProperties("foobar.database")
record DatabaseProperties(@DefaultValue List<String> nodes, @DefaultValue("foobar") @NotBlank String name,
		@DefaultValue("") String username, @DefaultValue("") String password, @DefaultValue Monitor monitor,
		@DefaultValue Pool pool) {

	DatabaseProperties {
		if (!nodes.isEmpty()) {
			require("username", username, nodes);
			require("password", password, nodes);
		}
		var seen = new HashSet<NodeAddress>();
		for (String node : nodes) {
			if (!seen.add(NodeAddress.parse(node))) {
				throw refuse("nodes", nodes, "names [%s] twice; name each server once".formatted(node));
			}
		}
	}

	List<NodeAddress> addresses() {
		return this.nodes.stream().map(NodeAddress::parse).toList();
	}

	private static void require(String key, String value, List<String> nodes) {
		if (value.isBlank()) {
			throw refuse(key, null,
					"is required because foobar.database.nodes names %s; set foobar.database.%s".formatted(nodes, key));
		}
	}

	private static RuntimeException refuse(String key, @Nullable Object value, String reason) {
		return new InvalidConfigurationPropertyValueException("foobar.database." + key, value, reason);
	}

	@Override
	public String toString() {
		return "DatabaseProperties[nodes=%s, name=%s, username=%s, password=***]".formatted(this.nodes, this.name,
				this.username);
	}

	/**
	 * How the servers are watched.
	 *
	 * @param username the account that asks them for their role; the site's own account
	 * when blank
	 * @param password its password
	 * @param interval the pause between two rounds of questions: a role change goes
	 * unnoticed for as long
	 * @param timeout how long a server may take to answer before its role counts as
	 * unknown
	 */
	record Monitor(@DefaultValue("") String username, @DefaultValue("") String password,
			@DefaultValue("500ms") Duration interval, @DefaultValue("1s") Duration timeout) {

		Monitor {
			positive("interval", interval);
			positive("timeout", timeout);
		}

		private static void positive(String key, Duration value) {
			if (!value.isPositive()) {
				throw refuse("monitor." + key, value, "must be longer than nothing; write for example 500ms");
			}
		}

		@Override
		public String toString() {
			return "Monitor[username=%s, password=***, interval=%s, timeout=%s]".formatted(this.username, this.interval,
					this.timeout);
		}

	}

	/**
	 * The connections kept to each server. Every instance opens two pools of this size to
	 * every server, so a server needs {@code max_connections} above 2 x size x instances.
	 *
	 * @param size the most connections in one pool: enough for two cores that wait for
	 * disks, and four instances fit into MySQL's default of 151
	 * @param timeout how long work waits for a free connection before it fails
	 */
	record Pool(@DefaultValue("10") @Positive int size, @DefaultValue("3s") Duration timeout) {
	}

}
