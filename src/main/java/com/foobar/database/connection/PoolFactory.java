package com.foobar.database.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Opens HikariCP pools to a server. */
public final class PoolFactory {

	private PoolFactory() {
	}

	/**
	 * Opens a pool without autocommit.
	 * @param template the settings that all pools share: sizes, timeouts and metrics
	 * @param node the name of the server, as part of the pool's name in logs and metrics
	 */
	public static HikariDataSource open(HikariConfig template, String node, AccessMode access, String url,
			String username, String password) {
		var config = new HikariConfig();
		template.copyStateTo(config);
		config.setPoolName(node + "-" + access.label());
		config.setJdbcUrl(url);
		config.setUsername(username);
		config.setPassword(password);
		// Transactions need these values. Setting and resetting them would cost two round
		// trips in each transaction.
		config.setAutoCommit(false);
		config.setReadOnly(access == AccessMode.READ);
		config.setExceptionOverride(new ReadOnlyErrorOverride());
		return new HikariDataSource(config);
	}

}
