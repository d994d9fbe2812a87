package com.foobar.database.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.foobar.database.Deadline;
import com.foobar.database.PoolExhaustedException;
import com.foobar.database.UnreachableException;
import com.foobar.database.connection.AccessMode;
import com.foobar.database.connection.MySqlError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections to one server for one {@link AccessMode}. The pool counts the threads that
 * use a connection or wait for one, because a slow server has more of them than a fast
 * one.
 *
 * <p>
 * Safe for use by several threads.
 */
public final class NodePool extends AbstractDataSource implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(NodePool.class);

	private final String node;

	private final ConnectionPool pool;

	private final Semaphore permits;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Set<Connection> borrowed = ConcurrentHashMap.newKeySet();

	private final Set<Connection> uncounted = ConcurrentHashMap.newKeySet();

	NodePool(String node, ConnectionPool pool) {
		this.node = node;
		this.pool = pool;
		this.permits = new Semaphore(pool.size(), true);
	}

	/**
	 * Borrows a connection until {@link #release}. Waits for a free connection at most
	 * {@code foobar.database.pool.timeout} (1s) and not beyond the {@link Deadline}.
	 * Opening a new connection may take the pool's timeout again, also beyond the
	 * deadline.
	 * @throws PoolExhaustedException if all connections stay in use, or if the server
	 * accepts no more (ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS,
	 * ER_USER_LIMIT_REACHED)
	 * @throws UnreachableException if no connection can be opened
	 */
	public Connection borrow() throws SQLException {
		this.inFlight.incrementAndGet();
		try {
			awaitPermit();
			return connect();
		}
		catch (SQLException | RuntimeException ex) {
			this.inFlight.decrementAndGet();
			throw ex;
		}
	}

	private void awaitPermit() throws PoolExhaustedException {
		try {
			if (this.permits.tryAcquire(Deadline.current().atMost(this.pool.timeout()).toNanos(),
					TimeUnit.NANOSECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new PoolExhaustedException(
				"All [%d] connections to database server %s are in use".formatted(this.pool.size(), this.node), null);
	}

	private Connection connect() throws SQLException {
		try {
			Connection connection = this.pool.getConnection();
			this.borrowed.add(connection);
			return connection;
		}
		catch (SQLTransientConnectionException ex) {
			this.permits.release();
			throw MySqlError.isOneOf(MySqlError.TOO_MANY_CONNECTIONS, ex.getCause())
					? new PoolExhaustedException(ex.getMessage(), ex) : new UnreachableException(ex);
		}
		catch (SQLException | RuntimeException ex) {
			this.permits.release();
			throw ex;
		}
	}

	/**
	 * Returns a connection that is not counted, for work that is not routed, such as a
	 * migration. Waits at most the pool's timeout. {@link #abortAll} aborts it like the
	 * others.
	 * @throws SQLTransientConnectionException if there is none in time
	 */
	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = this.pool.getConnection();
		this.uncounted.removeIf(NodePool::isClosed);
		this.uncounted.add(connection);
		return connection;
	}

	private static boolean isClosed(Connection connection) {
		try {
			return connection.isClosed();
		}
		catch (SQLException ex) {
			return true;
		}
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException("The account is that of foobar.database.username");
	}

	/** Counts a borrowed connection as returned. The caller has closed it before. */
	public void release(Connection connection) {
		if (this.borrowed.remove(connection)) {
			this.permits.release();
			this.inFlight.decrementAndGet();
		}
	}

	/**
	 * Aborts all connections in use, because the server does not answer. Their threads
	 * fail at once and not only after the socket timeout.
	 */
	void abortAll(Executor executor) {
		// In separate tasks, because aborting a connection that is sending can take long.
		Stream.concat(this.borrowed.stream(), this.uncounted.stream())
			.forEach((connection) -> executor.execute(() -> abort(connection)));
	}

	private void abort(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("Aborting a connection to {} failed", this.node, ex);
		}
	}

	/** Returns the number of threads that use a connection or wait for one. */
	public int inFlight() {
		return this.inFlight.get();
	}

	/** Returns the number of threads that wait for a free connection. */
	public int waiting() {
		return this.permits.getQueueLength();
	}

	/** Whether {@link #borrow} would find a free connection without waiting. */
	public boolean hasFreeConnection() {
		return inFlight() < this.pool.size();
	}

	/** Whether the server refuses writes on the connections of this pool. */
	public boolean isReadOnly() {
		return this.pool.isReadOnly();
	}

	/** Closes every current connection as soon as it is idle. */
	void evict() {
		this.pool.evict();
	}

	@Override
	public void close() {
		this.pool.close();
	}

}
