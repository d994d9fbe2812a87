package com.foobar.database.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import com.foobar.database.connection.AccessMode;
import com.foobar.database.connection.PoolFactory;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ServerRole;
import com.foobar.database.topology.Topology;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embedded database inside the application, for a first look and for development. The
 * account of its read pool may only SELECT, so that a write in a read-only transaction
 * fails as it would on a replica.
 *
 * <p>
 * Safe for use by several threads.
 */
public final class EmbeddedCluster implements Cluster {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedCluster.class);

	private static final String NAME = "embedded";

	// The first connection sets these for the whole database. Only the administrator may.
	private static final String SETTINGS = ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1";

	private final Node node;

	private final Topology<Node> topology;

	/**
	 * Starts the database. Waits at most 30 s for it.
	 * @throws IllegalStateException if it does not start
	 */
	public EmbeddedCluster(HikariConfig template, Duration readStatementTimeout) {
		// The first connection starts the database, which may take long.
		template.setConnectionTimeout(Duration.ofSeconds(30).toMillis());
		// A random name, so that two applications in one process do not share a database.
		String url = "jdbc:h2:mem:" + UUID.randomUUID();
		HikariDataSource writePool = PoolFactory.open(template, NAME, AccessMode.WRITE, url + SETTINGS, "sa", "");
		createReader(writePool);
		HikariDataSource readPool = PoolFactory.open(template, NAME, AccessMode.READ,
				url + ";QUERY_TIMEOUT=" + readStatementTimeout.toMillis(), "reader", "");
		this.node = new Node(NAME, new NodePool(NAME, new HikariPool(readPool)),
				new NodePool(NAME, new HikariPool(writePool)), new NoGtidQueries());
		this.topology = new Topology<>(Map.of(this.node, ServerRole.PRIMARY), Map.of());
		logger.warn("""
				Running on an embedded database: what is written is gone at the next start. \
				To keep it, name your MySQL servers in foobar.database.nodes (FOOBAR_DATABASE_NODES=web-01,web-02) \
				and set foobar.database.username, foobar.database.password and foobar.token.key.""");
	}

	private static void createReader(HikariDataSource writePool) {
		try (Connection connection = writePool.getConnection(); var statement = connection.createStatement()) {
			// The name is quoted and in capitals, as the driver sends it.
			statement.execute("CREATE USER \"READER\" PASSWORD ''");
			statement.execute("GRANT SELECT ON SCHEMA public TO \"READER\"");
			connection.commit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The embedded database did not start", ex);
		}
	}

	@Override
	public List<Node> nodes() {
		return List.of(this.node);
	}

	@Override
	public Topology<Node> topology() {
		return this.topology;
	}

	@Override
	public String probeError(Node node) {
		return "";
	}

	// Without a monitor, a suspect server would stay suspect for ever.
	@Override
	public Optional<Node> primary(Topology<Node> topology) {
		return Optional.of(this.node);
	}

	@Override
	public boolean isUnresponsive(Node node, long since) {
		return false;
	}

	@Override
	public boolean await(BooleanSupplier condition, Duration timeout) {
		return condition.getAsBoolean();
	}

	@Override
	public void close() {
		this.node.close();
	}

	/** GTID queries of a database that has no GTIDs, because it has no replicas. */
	private static final class NoGtidQueries implements GtidQueries {

		@Override
		public boolean await(GtidSet position, Duration timeout) {
			return position.isEmpty();
		}

		@Override
		public Optional<GtidSet> executed() {
			return Optional.of(GtidSet.EMPTY);
		}

		@Override
		public void close() {
		}

	}

}
