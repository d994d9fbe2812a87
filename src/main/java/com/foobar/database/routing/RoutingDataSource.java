package com.foobar.database.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Deadline;
import com.foobar.database.DeadlineExceededException;
import com.foobar.database.NoServerException;
import com.foobar.database.PoolExhaustedException;
import com.foobar.database.UnreachableException;
import com.foobar.database.connection.AccessMode;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.server.NodePool;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Routes each transaction to a server: a read-only one to a replica that has the
 * visitor's position, every other one to the primary. A statement outside a transaction
 * also runs on the primary. No transaction begins after its {@link Deadline}. Safe for
 * use by several threads.
 *
 * <p>
 * The choice depends on the transaction's read-only flag, which Spring sets only after it
 * has asked for a connection. Put this data source behind a
 * {@link LazyConnectionDataSourceProxy}; without it every read runs on the primary.
 *
 * <p>
 * {@link #getConnection()} throws a {@link NoServerException} if no server can take the
 * transaction in time, a {@link PoolExhaustedException} if all connections of the server
 * are in use for {@code foobar.database.pool.timeout}, an {@link UnreachableException} if
 * the server does not respond, and a {@link DeadlineExceededException} after the
 * deadline.
 */
public class RoutingDataSource extends AbstractRoutingDataSource {

	private static final ScopedValue<ReadRouter.Choice> CHOICE = ScopedValue.newInstance();

	private static final ScopedValue<List<Boolean>> DRY_RUN = ScopedValue.newInstance();

	private final Cluster cluster;

	private final ReadRouter readRouter;

	private final PrimaryWaitQueue waitQueue;

	private final Duration slowStatement;

	private final RoutingMetrics metrics;

	/**
	 * Creates a data source.
	 * @param slowStatement a statement that takes longer is logged
	 */
	public RoutingDataSource(Cluster cluster, ReadRouter readRouter, PrimaryWaitQueue waitQueue, Duration slowStatement,
			MeterRegistry meters) {
		this.cluster = cluster;
		this.readRouter = readRouter;
		this.waitQueue = waitQueue;
		this.slowStatement = slowStatement;
		this.metrics = new RoutingMetrics(meters);
		Map<Object, Object> pools = new HashMap<>();
		for (Node node : cluster.nodes()) {
			pools.put(new Route(node, AccessMode.READ), node.readPool());
			pools.put(new Route(node, AccessMode.WRITE), node.writePool());
		}
		setTargetDataSources(pools);
		setLenientFallback(false);
	}

	/**
	 * Runs work whose transactions get no connection, so that no server is asked.
	 * @return for each connection that was asked for, whether the transaction was
	 * read-only
	 */
	static List<Boolean> dryRun(Runnable work) {
		List<Boolean> readOnly = new ArrayList<>();
		ScopedValue.where(DRY_RUN, readOnly).run(work);
		return readOnly;
	}

	@Override
	public Connection getConnection() throws SQLException {
		boolean readOnly = TransactionSynchronizationManager.isCurrentTransactionReadOnly();
		if (DRY_RUN.isBound()) {
			DRY_RUN.get().add(readOnly);
			throw new SQLTransientConnectionException("A dry run gets no connections");
		}
		RoutedTransaction transaction = RoutedTransaction.current();
		if (transaction == null) {
			return withAutoCommit(this.waitQueue.connect(this::connect).proxy());
		}
		transaction.requireNoConnection();
		RoutedConnection connection = readOnly ? connect() : this.waitQueue.connect(this::connect);
		transaction.connectedBy(connection);
		return connection.proxy();
	}

	private RoutedConnection connect() throws SQLException {
		Deadline.requireNotPassed();
		return ScopedValue.where(CHOICE, choose()).call(this::connectToChoice);
	}

	private RoutedConnection connectToChoice() throws SQLException {
		var pool = (NodePool) determineTargetDataSource();
		Node node = CHOICE.get().node();
		var connection = new RoutedConnection(borrow(pool, node), node, pool, this.slowStatement);
		if (Deadline.current().hasPassed()) {
			connection.close();
			throw new DeadlineExceededException();
		}
		this.metrics.count(CHOICE.get(), this.cluster.topology());
		return connection;
	}

	private Connection borrow(NodePool pool, Node node) throws SQLException {
		long began = System.nanoTime();
		try {
			return pool.borrow();
		}
		catch (UnreachableException ex) {
			node.markSuspect();
			throw ex;
		}
		catch (PoolExhaustedException ex) {
			// The transactions that use the connections wait for an unresponsive server.
			if (this.cluster.isUnresponsive(node, began)) {
				node.markSuspect();
				throw new UnreachableException(ex);
			}
			throw ex;
		}
	}

	// The pools' connections have no autocommit. Outside a transaction nothing else
	// commits.
	private static Connection withAutoCommit(Connection connection) throws SQLException {
		try {
			connection.setAutoCommit(true);
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	@Override
	protected @Nullable Object determineCurrentLookupKey() {
		ReadRouter.Choice choice = CHOICE.get();
		return new Route(choice.node(), (choice.reason() == RoutingReason.WRITE) ? AccessMode.WRITE : AccessMode.READ);
	}

	private ReadRouter.Choice choose() {
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			RoutedTransaction transaction = RoutedTransaction.current();
			return this.readRouter.choose(ConsistencyContext.current(), transaction != null && transaction.isStrong());
		}
		return this.cluster.primary()
			.map((primary) -> new ReadRouter.Choice(primary, RoutingReason.WRITE))
			.orElseThrow(() -> new NoServerException(
					"No database server accepts writes [%s]".formatted(this.cluster.topology())));
	}

	// These methods need no pool: metrics and health checks call them outside a
	// transaction.
	@Override
	public boolean isWrapperFor(Class<?> type) {
		return type.isInstance(this);
	}

	@Override
	public <T> T unwrap(Class<T> type) {
		return type.cast(this);
	}

	/** The key of a pool: a server and a kind of access. */
	private record Route(Node node, AccessMode access) {
	}

}
