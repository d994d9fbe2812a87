package com.foobar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sends each transaction to the server meant for it: read-only ones to a replica that has
 * what its visitor has seen, every other, and every statement outside a transaction, to
 * the primary.
 *
 * <p>
 * The choice follows the transaction's read-only flag, which Spring raises only after
 * asking for a connection. Put this data source behind a
 * {@link LazyConnectionDataSourceProxy}; without it every read lands on the primary.
 */
class RoutingDataSource extends AbstractRoutingDataSource {

	private final Cluster cluster;

	private final Reads reads;

	private final Holding holding;

	private final RouteMeters routed;

	RoutingDataSource(Cluster cluster, Reads reads, Holding holding, MeterRegistry meters) {
		this.cluster = cluster;
		this.reads = reads;
		this.holding = holding;
		this.routed = new RouteMeters(meters);
		Map<Object, Object> pools = new HashMap<>();
		for (Node node : cluster.nodes()) {
			pools.put(new Route(node.name(), Access.READ), node.reads());
			pools.put(new Route(node.name(), Access.WRITE), node.writes());
		}
		setTargetDataSources(pools);
		setLenientFallback(false);
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			return connectToReader();
		}
		Connection connection = this.holding.connect(this::connect);
		return TransactionSynchronizationManager.isActualTransactionActive() ? connection : committing(connection);
	}

	// A server that cannot be reached is not chosen again, so this ends with one that can
	// or with none left.
	private Connection connectToReader() throws SQLException {
		for (int i = 1; i < this.cluster.nodes().size(); i++) {
			try {
				return connect();
			}
			catch (UnreachableException ex) {
				logger.debug("Trying another server", ex);
			}
		}
		return connect();
	}

	private Connection connect() throws SQLException {
		NodePool pool = (NodePool) determineTargetDataSource();
		Node node = this.cluster.node(pool.node());
		try {
			return RoutedConnection.wrap(pool.getConnection(), node, pool);
		}
		catch (UnreachableException ex) {
			node.suspect();
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
	protected Object determineCurrentLookupKey() {
		Reads.Choice choice = choose();
		this.routed.count(choice, this.cluster.topology());
		return new Route(choice.node().name(), (choice.reason() == Reason.WRITE) ? Access.WRITE : Access.READ);
	}

	private Reads.Choice choose() {
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			return this.reads.choose(Causality.current(), RoutingTransactionManager.isStrong());
		}
		return this.cluster.primary()
			.map((primary) -> new Reads.Choice(primary, Reason.WRITE))
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
	private record Route(String node, Access access) {
	}

}
