package com.foobar.database.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;

/** {@link ConnectionPool} backed by HikariCP. Safe for use by several threads. */
record HikariPool(HikariDataSource hikari) implements ConnectionPool {

	@Override
	public Connection getConnection() throws SQLException {
		return this.hikari.getConnection();
	}

	@Override
	public int size() {
		return this.hikari.getMaximumPoolSize();
	}

	@Override
	public Duration timeout() {
		return Duration.ofMillis(this.hikari.getConnectionTimeout());
	}

	@Override
	public boolean isReadOnly() {
		return this.hikari.isReadOnly();
	}

	@Override
	public void evict() {
		this.hikari.getHikariPoolMXBean().softEvictConnections();
	}

	@Override
	public void close() {
		this.hikari.close();
	}

}
