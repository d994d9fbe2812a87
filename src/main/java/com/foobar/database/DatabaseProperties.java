package com.foobar.database;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

import com.foobar.setting.InvalidSettingException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the database servers. No setting names the primary, because the application
 * asks the servers for their roles.
 *
 * @param nodes the MySQL servers, each {@code host} or {@code host:port}; if the list is
 * empty, the application uses the embedded database
 * @param name the schema, the same on every server
 * @param certificateAuthority a PEM file with the CAs that sign the servers'
 * certificates; if it is blank, any certificate is accepted, also a self-signed one
 * @param username the account that reads and writes the site's tables; required with
 * nodes
 * @param password the password of that account; required with nodes
 * @param monitor how the application probes the servers
 * @param pool the connection pools of each server
 * @param slowStatement a statement or a commit that takes longer is logged with the
 * request's id, the server and the number of the connection. Give it the value of MySQL's
 * {@code long_query_time}, so that both log the same statements.
 */
@Validated
@ConfigurationProperties("foobar.database")
public record DatabaseProperties(@DefaultValue List<String> nodes, @DefaultValue("foobar") @NotBlank String name,
		@DefaultValue("") String certificateAuthority, @DefaultValue("") String username,
		@DefaultValue("") String password, @DefaultValue @Valid Monitor monitor, @DefaultValue @Valid Pool pool,
		@DefaultValue("1s") @DurationMin Duration slowStatement) {

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
		var addresses = new HashSet<NodeAddress>();
		for (String node : nodes) {
			if (!addresses.add(NodeAddress.parse(node))) {
				throw new InvalidSettingException(PREFIX + "nodes", "names [%s] twice".formatted(node),
						"Name each server once.");
			}
		}
	}

	private static void require(String key, String value, List<String> nodes) {
		if (value.isBlank()) {
			throw new InvalidSettingException(PREFIX + key,
					"is required because %snodes names %s".formatted(PREFIX, nodes),
					"Set %s%s to that of the site's MySQL account.".formatted(PREFIX, key));
		}
	}

	/** Returns the addresses of the servers, in the order of {@link #nodes}. */
	public List<NodeAddress> addresses() {
		return this.nodes.stream().map(NodeAddress::parse).toList();
	}

	@Override
	public String toString() {
		return "DatabaseProperties[nodes=%s, name=%s, username=%s, password=***]".formatted(this.nodes, this.name,
				this.username);
	}

	/**
	 * Settings of the monitor that probes the servers.
	 *
	 * @param username the account that asks a server for its role; if it is blank, the
	 * site's own account
	 * @param password the password of that account
	 * @param interval the pause between two rounds of probes, and so the longest time
	 * that a role change goes unnoticed while every server answers
	 * @param timeout how long a server may take to answer a probe before its role is
	 * unknown
	 */
	public record Monitor(@DefaultValue("") String username, @DefaultValue("") String password,
			@DefaultValue("500ms") @DurationMin(millis = 10) Duration interval,
			@DefaultValue("1s") @DurationMin(millis = 10) Duration timeout) {

		/**
		 * The longest time from the end of one round of probes to the end of the next:
		 * the largest sum of interval and timeout that is allowed.
		 */
		public static final Duration MAX_ROUND = Duration.ofSeconds(2);

		public Monitor {
			if (interval.plus(timeout).compareTo(MAX_ROUND) > 0) {
				throw new InvalidSettingException(PREFIX + "monitor.interval and timeout",
						"are [%s] and [%s], more than [%s] together".formatted(interval, timeout, MAX_ROUND),
						"Write shorter times: code that waits for the monitor waits no longer than that.");
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
	 * Settings of the connection pools. Every instance opens two pools of this size to
	 * every server, so a server needs {@code max_connections} above 2 x size x instances.
	 *
	 * @param size the most connections in one pool. The default is enough for two cores
	 * that wait for disks, and four instances fit into MySQL's default
	 * {@code max_connections} of 151.
	 * @param timeout how long a transaction waits for a free connection before it fails.
	 * Its minimum is HikariCP's. The default is below the 2 s after which the balancer
	 * sends a read to another instance.
	 * @param readStatementTimeout how long a statement of a read-only transaction may run
	 * before the server ends it ({@code max_execution_time}). The default is below the
	 * 1.8 s after which nginx shows the cached page.
	 */
	public record Pool(@DefaultValue("10") @Positive int size,
			@DefaultValue("1s") @DurationMin(millis = 250) Duration timeout,
			@DefaultValue("1500ms") @DurationMin(millis = 100) Duration readStatementTimeout) {

	}

}
