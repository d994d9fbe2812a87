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
 * The health of the site, as one instance sees it.
 *
 * @param server the host name of the instance
 * @param version the version of the application
 */
public record SiteStatus(DatabaseStatus database, String server, String version) {

	/** The name of this host without its domain; {@code unknown} if it has none. */
	static final String HOST = host();

	@JsonProperty
	public Health health() {
		if (!this.database.readable()) {
			return Health.DOWN;
		}
		return (this.database.writable() && this.database.servers().stream().allMatch(DatabaseStatus.Server::working))
				? Health.WELL : Health.LIMITED;
	}

	/** Returns the health as a sentence. */
	@JsonProperty
	public String summary() {
		return switch (health()) {
			case WELL -> "Everything works.";
			case LIMITED -> this.database.writable() ? "Everything works, though one of our servers does not."
					: "You can read, but nothing can be saved for the moment.";
			case DOWN -> "Our database does not answer, so there is nothing to show. We are working on it.";
		};
	}

	/**
	 * Returns the names of the servers that serve reads: the working replicas, or the
	 * primary if there are none.
	 */
	public String readers() {
		String replicas = names((server) -> server.working() && !server.isPrimary());
		return (replicas.isEmpty() && this.database.readable()) ? writer() : noneIfEmpty(replicas);
	}

	/** Returns the name of the server that accepts writes. */
	public String writer() {
		return noneIfEmpty(names((server) -> server.working() && server.isPrimary()));
	}

	private String names(Predicate<DatabaseStatus.Server> condition) {
		return this.database.servers()
			.stream()
			.filter(condition)
			.map(DatabaseStatus.Server::name)
			.collect(Collectors.joining(", "));
	}

	private static String noneIfEmpty(String names) {
		return names.isEmpty() ? "none" : names;
	}

	/** Formats the lag of a server for the status page. */
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

	/** Whether everything works, a part of it, or nothing. */
	public enum Health {

		WELL("Well."), LIMITED("Limited."), DOWN("Down.");

		private final String label;

		Health(String label) {
			this.label = label;
		}

		/** Returns the name of this health for the status page. */
		public String label() {
			return this.label;
		}

	}

}
