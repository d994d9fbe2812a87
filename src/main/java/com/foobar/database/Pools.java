package com.foobar.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Opens connection pools. */
final class Pools {

	private Pools() {
	}

	static HikariDataSource open(HikariConfig template, String node, Access access, String url, String username,
			String password) {
		var config = new HikariConfig();
		template.copyStateTo(config);
		config.setPoolName(node + "-" + access.label());
		config.setJdbcUrl(url);
		config.setUsername(username);
		config.setPassword(password);
		// As transactions want them: saying so, and taking it back, would be two round
		// trips in each.
		config.setAutoCommit(false);
		config.setReadOnly(access == Access.READ);
		config.setExceptionOverride(new Eviction());
		return new HikariDataSource(config);
	}

}
