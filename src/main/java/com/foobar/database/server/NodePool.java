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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The connections to one server for one kind of work. Counts who has borrowed one or
 * waits for one, which is how a slow server is told from a quick one. Safe for several
 * threads.
 */
public final class NodePool extends AbstractDataSource implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(NodePool.class);

	private final String node;

	private final ConnectionPool pool;

	private final Semaphore free;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Set<Connection> lent = ConcurrentHashMap.newKeySet();

	private final Set<Connection> uncounted = ConcurrentHashMap.newKeySet();

	NodePool(String node, ConnectionPool pool) {
		this.node = node;
		this.pool = pool;
		this.free = new Semaphore(pool.size(), true);
	}

	/**
	 * Lends a connection to the server until it is {@link #returned}. Waits until one is
	 * free as long as the pool allows, and no longer than the {@link Deadline}. Opening a
	 * new one may take as long as the pool allows again.
	 * @throws PoolExhaustedException if all stay in use, or the server allows no more
	 * @throws UnreachableException if none can be opened
	 */
	public Connection borrow() throws SQLException {
		this.inFlight.incrementAndGet();
		try {
			awaitFree();
			return connect();
		}
		catch (SQLException | RuntimeException ex) {
			this.inFlight.decrementAndGet();
			throw ex;
		}
	}

	private void awaitFree() throws PoolExhaustedException {
		try {
			if (this.free.tryAcquire(Deadline.current().atMost(this.pool.timeout()).toNanos(), TimeUnit.NANOSECONDS)) {
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
			this.lent.add(connection);
			return connection;
		}
		catch (SQLTransientConnectionException ex) {
			this.free.release();
			throw MySqlError.isOneOf(MySqlError.TOO_MANY_CONNECTIONS, ex.getCause())
					? new PoolExhaustedException(ex.getMessage(), ex) : new UnreachableException(ex);
		}
		catch (SQLException | RuntimeException ex) {
			this.free.release();
			throw ex;
		}
	}

	/**
	 * A connection that is not counted, for work outside of the routing, such as a
	 * migration. It is abandoned like the others.
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

	/** The name of the server. */
	String node() {
		return this.node;
	}

	/** Takes note that a borrowed connection is closed, and so back in the pool. */
	public void returned(Connection connection) {
		if (this.lent.remove(connection)) {
			this.free.release();
			this.inFlight.decrementAndGet();
		}
	}

	/**
	 * Cuts off whoever waits for an answer of a server that has none to give. They learn
	 * at once what they would only learn when the connection times out.
	 */
	void abandon(Executor executor) {
		// Each by itself: closing one that is in the middle of sending can take long.
		Stream.concat(this.lent.stream(), this.uncounted.stream())
			.forEach((connection) -> executor.execute(() -> abort(connection)));
	}

	private void abort(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("Abandoning a connection to {}", this.node, ex);
		}
	}

	/** How many use a connection or wait for one. */
	public int inFlight() {
		return this.inFlight.get();
	}

	/** How many wait until a connection is free. */
	public int waiting() {
		return this.free.getQueueLength();
	}

	/** Whether one more would find a connection without waiting. */
	public boolean hasRoom() {
		return inFlight() < this.pool.size();
	}

	public boolean isReadOnly() {
		return this.pool.isReadOnly();
	}

	void evict() {
		this.pool.evict();
	}

	@Override
	public void close() {
		this.pool.close();
	}

}
