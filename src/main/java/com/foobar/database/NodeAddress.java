package com.foobar.database;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.foobar.setting.InvalidSettingException;

/** Where a MySQL server listens. */
public record NodeAddress(String host, int port) {

	private static final int MYSQL_PORT = 3306;

	// A name or an IPv4 address, or an IPv6 address in brackets; then perhaps a port.
	private static final Pattern FORM = Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:]+])(?::(\\d{1,5}))?");

	public static NodeAddress parse(String text) {
		Matcher form = FORM.matcher(text.strip());
		if (form.matches()) {
			int port = (form.group(2) != null) ? Integer.parseInt(form.group(2)) : MYSQL_PORT;
			if (port >= 1 && port <= 65535) {
				return new NodeAddress(form.group(1), port);
			}
		}
		throw new InvalidSettingException("foobar.database.nodes",
				"holds [%s], which is not an address".formatted(text),
				"Write host or host:port, for example web-01:3306.");
	}

	/**
	 * The name in logs and metrics: the host alone where it listens on MySQL's own port.
	 */
	public String name() {
		return (this.port == MYSQL_PORT) ? this.host : toString();
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
