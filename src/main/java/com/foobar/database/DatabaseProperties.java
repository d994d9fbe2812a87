package com.foobar.database;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

import com.foobar.setting.InvalidSettingException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the database is. No role is ever configured: who is the primary is asked of the
 * servers themselves.
 *
 * @param nodes the MySQL servers, each {@code host} or {@code host:port}; none means the
 * embedded database
 * @param name the schema on each of them
 * @param certificateAuthority a PEM file with the certificates of those who sign the
 * servers'; without it a server may show any, as one does that made its own
 * @param username the account that reads and writes the site's tables, required with
 * nodes
 * @param password its password, required with nodes
 * @param monitor how the servers are watched
 * @param pool the connections kept to each server
 */
@Validated
@ConfigurationProperties("foobar.database")
public record DatabaseProperties(@DefaultValue List<String> nodes, @DefaultValue("foobar") @NotBlank String name,
		@DefaultValue("") String certificateAuthority, @DefaultValue("") String username,
		@DefaultValue("") String password, @DefaultValue @Valid Monitor monitor, @DefaultValue @Valid Pool pool) {

	private static final String PREFIX = "foobar.database.";

	public DatabaseProperties {
		CertificateAuthority.check(certificateAuthority);
		if (!nodes.isEmpty()) {
			require("username", username, nodes);
			require("password", password, nodes);
		}
		else if (!username.isBlank() || !password.isBlank()) {
			throw new InvalidSettingException(PREFIX + "username and password", "are set, but no server to use them on",
					"Name the MySQL servers in %snodes, or leave the account out.".formatted(PREFIX));
		}
		var seen = new HashSet<NodeAddress>();
		for (String node : nodes) {
			if (!seen.add(NodeAddress.parse(node))) {
				throw new InvalidSettingException(PREFIX + "nodes", "names [%s] twice".formatted(node),
						"Name each server once.");
			}
		}
	}

	private static void atLeast(String key, Duration value, Duration least) {
		if (value.compareTo(least) < 0) {
			throw new InvalidSettingException(PREFIX + key, "is [%s]".formatted(value),
					"Write %dms or longer, for example 500ms.".formatted(least.toMillis()));
		}
	}

	private static void require(String key, String value, List<String> nodes) {
		if (value.isBlank()) {
			throw new InvalidSettingException(PREFIX + key,
					"is required because %snodes names %s".formatted(PREFIX, nodes),
					"Set %s%s to that of the site's MySQL account.".formatted(PREFIX, key));
		}
	}

	public List<NodeAddress> addresses() {
		return this.nodes.stream().map(NodeAddress::parse).toList();
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
	public record Monitor(@DefaultValue("") String username, @DefaultValue("") String password,
			@DefaultValue("500ms") Duration interval, @DefaultValue("1s") Duration timeout) {

		/**
		 * The longest time from one round of questions to all servers to the end of the
		 * next.
		 */
		public static final Duration MAX_ROUND = Duration.ofSeconds(2);

		public Monitor {
			atLeast("monitor.interval", interval, Duration.ofMillis(10));
			atLeast("monitor.timeout", timeout, Duration.ofMillis(10));
			if (interval.plus(timeout).compareTo(MAX_ROUND) > 0) {
				throw new InvalidSettingException(PREFIX + "monitor.interval and timeout",
						"are [%s] and [%s], more than [%s] together".formatted(interval, timeout, MAX_ROUND),
						"Write shorter ones: what waits for the monitor waits no longer than that.");
			}
			if (username.isBlank() != password.isBlank()) {
				throw new InvalidSettingException(PREFIX + "monitor.username and password", "are not both set",
						"Set both to those of the monitor's account, or neither to use the site's own.");
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
	 * @param timeout how long work waits for a free connection before it fails: below the
	 * two seconds that the balancer gives a read before it asks another instance
	 * @param readStatementTimeout how long a statement of a read-only transaction may run
	 * before the server ends it (max_execution_time): below the 1.8 s after which nginx
	 * shows the page from before
	 */
	public record Pool(@DefaultValue("10") @Positive int size, @DefaultValue("1s") Duration timeout,
			@DefaultValue("1500ms") Duration readStatementTimeout) {

		public Pool {
			// The pool takes no less.
			atLeast("pool.timeout", timeout, Duration.ofMillis(250));
			atLeast("pool.read-statement-timeout", readStatementTimeout, Duration.ofMillis(100));
		}

	}

}
