package com.foobar.database.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
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
import com.foobar.database.server.AccessMode;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.server.NodePool;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sends each transaction to the server meant for it: read-only ones to a replica that has
 * what its visitor has seen, every other, and every statement outside a transaction, to
 * the primary. None begins after its {@link Deadline}.
 *
 * <p>
 * The choice follows the transaction's read-only flag, which Spring raises only after
 * asking for a connection. Put this data source behind a
 * {@link LazyConnectionDataSourceProxy}; without it every read lands on the primary.
 */
public class RoutingDataSource extends AbstractRoutingDataSource {

	private static final ScopedValue<ReadRouter.Choice> CHOICE = ScopedValue.newInstance();

	private static final ScopedValue<List<Boolean>> REHEARSAL = ScopedValue.newInstance();

	private final Cluster cluster;

	private final ReadRouter reads;

	private final PrimaryWaitQueue holding;

	private final RoutingMetrics routed;

	public RoutingDataSource(Cluster cluster, ReadRouter reads, PrimaryWaitQueue holding, MeterRegistry meters) {
		this.cluster = cluster;
		this.reads = reads;
		this.holding = holding;
		this.routed = new RoutingMetrics(meters);
		Map<Object, Object> pools = new HashMap<>();
		for (Node node : cluster.nodes()) {
			pools.put(new Route(node.name(), AccessMode.READ), node.reads());
			pools.put(new Route(node.name(), AccessMode.WRITE), node.writes());
		}
		setTargetDataSources(pools);
		setLenientFallback(false);
	}

	/**
	 * Does work whose transactions get no connection, and so ask no server.
	 * @return for each connection they asked for, whether the transaction was read-only
	 */
	static List<Boolean> rehearse(Runnable work) {
		List<Boolean> readOnly = new ArrayList<>();
		ScopedValue.where(REHEARSAL, readOnly).run(work);
		return readOnly;
	}

	@Override
	public Connection getConnection() throws SQLException {
		boolean readOnly = TransactionSynchronizationManager.isCurrentTransactionReadOnly();
		if (REHEARSAL.isBound()) {
			REHEARSAL.get().add(readOnly);
			throw new SQLTransientConnectionException("A rehearsal has no connections");
		}
		RoutedTransaction transaction = RoutedTransaction.current();
		if (transaction == null) {
			return committing(this.holding.connect(this::connect));
		}
		transaction.requireNoConnection();
		Connection connection = readOnly ? connect() : this.holding.connect(this::connect);
		transaction.connected();
		return connection;
	}

	private Connection connect() throws SQLException {
		Deadline.requireTime();
		return ScopedValue.where(CHOICE, choose()).call(this::connectToChoice);
	}

	private Connection connectToChoice() throws SQLException {
		var pool = (NodePool) determineTargetDataSource();
		Node node = CHOICE.get().node();
		Connection connection = borrow(pool, node);
		Connection routed = RoutedConnection.wrap(connection, node, pool);
		if (Deadline.current().hasPassed()) {
			routed.close();
			throw new DeadlineExceededException();
		}
		this.routed.count(CHOICE.get(), this.cluster.topology());
		return routed;
	}

	private Connection borrow(NodePool pool, Node node) throws SQLException {
		long began = System.nanoTime();
		try {
			return pool.borrow();
		}
		catch (UnreachableException ex) {
			node.suspect();
			throw ex;
		}
		catch (PoolExhaustedException ex) {
			// Those who have the connections wait for a server that does not answer.
			if (this.cluster.isSilent(node, began)) {
				node.suspect();
				throw new UnreachableException(ex);
			}
			throw ex;
		}
	}

	// Connections come without autocommit. Outside a transaction nobody would commit.
	private static Connection committing(Connection connection) throws SQLException {
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
		return new Route(choice.node().name(),
				(choice.reason() == RoutingReason.WRITE) ? AccessMode.WRITE : AccessMode.READ);
	}

	private ReadRouter.Choice choose() {
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			RoutedTransaction transaction = RoutedTransaction.current();
			return this.reads.choose(ConsistencyContext.current(), transaction != null && transaction.isStrong());
		}
		return this.cluster.primary()
			.map((primary) -> new ReadRouter.Choice(primary, RoutingReason.WRITE))
			.orElseThrow(() -> new NoServerException(
					"No database server accepts writes [%s]".formatted(this.cluster.topology())));
	}

	// Answered without asking a pool: metrics and health checks call these at any time,
	// outside any transaction.
	@Override
	public boolean isWrapperFor(Class<?> type) {
		return type.isInstance(this);
	}

	@Override
	public <T> T unwrap(Class<T> type) {
		return type.cast(this);
	}

	/** One pool of one server. */
	private record Route(String node, AccessMode access) {
	}

}
