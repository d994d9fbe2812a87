package com.foobar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sends each transaction to the server meant for it: read-only ones to a replica, every
 * other, and every statement outside a transaction, to the primary.
 *
 * <p>
 * The choice follows the transaction's read-only flag, which Spring raises only after
 * asking for a connection. Put this data source behind a
 * {@link LazyConnectionDataSourceProxy}; without it every read lands on the primary.
 */
class RoutingDataSource extends AbstractRoutingDataSource {

	private final Cluster cluster;

	private final MeterRegistry meters;

	RoutingDataSource(Cluster cluster, MeterRegistry meters) {
		this.cluster = cluster;
		this.meters = meters;
		Map<Object, Object> pools = new HashMap<>();
		for (Node node : cluster.nodes()) {
			pools.put(new Route(node.name(), Access.READ), node.reads());
			pools.put(new Route(node.name(), Access.WRITE), node.writes());
		}
		setTargetDataSources(pools);
		setLenientFallback(false);
	}

	// Connections come without autocommit. Outside a transaction nobody would commit.
	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return TransactionSynchronizationManager.isActualTransactionActive() ? connection : committing(connection);
	}

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
		Topology topology = this.cluster.topology();
		Route route = TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? read(topology)
				: write(topology);
		this.meters.counter("database.routed", "node", route.node(), "access", route.access().label()).increment();
		return route;
	}

	private static Route read(Topology topology) {
		List<String> readers = topology.readers();
		if (readers.isEmpty()) {
			throw new NoServerException("No database server is fit to be read from [%s]".formatted(topology));
		}
		return new Route(readers.get(ThreadLocalRandom.current().nextInt(readers.size())), Access.READ);
	}

	private static Route write(Topology topology) {
		return topology.primary()
			.map((primary) -> new Route(primary, Access.WRITE))
			.orElseThrow(() -> new NoServerException("No database server accepts writes [%s]".formatted(topology)));
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
