package com.foobar.database.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Pool that wraps the connections of another pool, so that a test can make them fail
 * below the routing. Safe for use by several threads.
 */
public final class WrappedPool implements ConnectionPool {

	private final NodePool target;

	private final UnaryOperator<Connection> wrapper;

	private WrappedPool(NodePool target, UnaryOperator<Connection> wrapper) {
		this.target = target;
		this.wrapper = wrapper;
	}

	public static NodePool of(NodePool target, UnaryOperator<Connection> wrapper) {
		return new NodePool("wrapped", new WrappedPool(target, wrapper));
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.wrapper.apply(this.target.getConnection());
	}

	@Override
	public int size() {
		return 10;
	}

	@Override
	public Duration timeout() {
		return Duration.ofSeconds(1);
	}

	@Override
	public boolean isReadOnly() {
		return this.target.isReadOnly();
	}

	@Override
	public void evict() {
		this.target.evict();
	}

	@Override
	public void close() {
		this.target.close();
	}

}
