package com.foobar.database;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.foobar.setting.InvalidSettingException;

/** Host and port of a MySQL server. Immutable. */
public record NodeAddress(String host, int port) {

	private static final int MYSQL_PORT = 3306;

	// A name or an IPv4 address, or an IPv6 address in brackets; then an optional port.
	private static final Pattern FORMAT = Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:]+])(?::(\\d{1,5}))?");

	/**
	 * Parses {@code host} or {@code host:port}; the default port is 3306.
	 * @throws InvalidSettingException if the text is not an address
	 */
	public static NodeAddress parse(String text) {
		Matcher matcher = FORMAT.matcher(text.strip());
		if (matcher.matches()) {
			int port = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : MYSQL_PORT;
			if (port >= 1 && port <= 65535) {
				return new NodeAddress(matcher.group(1), port);
			}
		}
		throw new InvalidSettingException("foobar.database.nodes",
				"holds [%s], which is not an address".formatted(text),
				"Write host or host:port, for example web-01:3306.");
	}

	/**
	 * Returns the name of the server in logs and metrics: the host, and the port unless
	 * it is 3306.
	 */
	public String name() {
		return (this.port == MYSQL_PORT) ? this.host : toString();
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
