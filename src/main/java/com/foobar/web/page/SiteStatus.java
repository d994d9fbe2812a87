package com.foobar.web.page;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.foobar.database.DatabaseStatus;
import org.jspecify.annotations.Nullable;

/**
 * How the site is, as one instance sees it.
 *
 * @param server the host of that instance
 * @param version that of the application
 */
public record SiteStatus(DatabaseStatus database, String server, String version) {

	/** The name of this host, without its domain. */
	static final String HOST = host();

	@JsonProperty
	public Health health() {
		if (!this.database.readable()) {
			return Health.DOWN;
		}
		return (this.database.writable() && this.database.servers().stream().allMatch(DatabaseStatus.Server::working))
				? Health.WELL : Health.LIMITED;
	}

	/** That in words. */
	@JsonProperty
	public String summary() {
		return switch (health()) {
			case WELL -> "Everything works.";
			case LIMITED -> this.database.writable() ? "Everything works, though one of our servers does not."
					: "You can read, but nothing can be saved for the moment.";
			case DOWN -> "Our database is away, so there is nothing to show. We are on it.";
		};
	}

	/**
	 * The names of the servers that serve reads: replicas, or the primary while there are
	 * none.
	 */
	public String readers() {
		String replicas = names((server) -> server.working() && !server.isPrimary());
		return (replicas.isEmpty() && this.database.readable()) ? writer() : noneIfEmpty(replicas);
	}

	/** The name of the server that accepts writes. */
	public String writer() {
		return noneIfEmpty(names((server) -> server.working() && server.isPrimary()));
	}

	private String names(Predicate<DatabaseStatus.Server> which) {
		return this.database.servers()
			.stream()
			.filter(which)
			.map(DatabaseStatus.Server::name)
			.collect(Collectors.joining(", "));
	}

	private static String noneIfEmpty(String names) {
		return names.isEmpty() ? "none" : names;
	}

	/** How far a server is behind, for people. */
	public static String seconds(@Nullable Duration lag) {
		return (lag != null) ? String.format(Locale.ROOT, "%.1f s", lag.toMillis() / 1000.0) : "—";
	}

	private static String host() {
		try {
			String name = InetAddress.getLocalHost().getHostName();
			return name.matches("[\\d.:]+") ? "unknown" : name.split("\\.", 2)[0];
		}
		catch (UnknownHostException ex) {
			return "unknown";
		}
	}

	/** How much of the site works: everything, not everything, or nothing. */
	public enum Health {

		WELL("Well."), LIMITED("Limited."), DOWN("Down.");

		private final String label;

		Health(String label) {
			this.label = label;
		}

		public String label() {
			return this.label;
		}

	}

}
