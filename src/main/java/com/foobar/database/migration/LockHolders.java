package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowMapper;

/**
 * Finds the sessions that hold the locks a session waits for: locks of tables and rows,
 * and named locks. The account needs SELECT on {@code metadata_locks},
 * {@code data_lock_waits}, {@code threads} and {@code events_transactions_current} in
 * {@code performance_schema}. Without it, only the number of the session that holds a
 * named lock is found. Safe for use by several threads.
 */
final class LockHolders {

	private static final Logger logger = LoggerFactory.getLogger(LockHolders.class);

	// The statement is cut off, because the rest may contain personal data.
	private static final String HOLDER = """
			SELECT DISTINCT holder.processlist_id AS session, holder.processlist_user AS account,
			       holder.processlist_host AS host,
			       COALESCE(transaction.timer_wait DIV 1000000000000, holder.processlist_time, 0) AS seconds,
			       transaction.thread_id IS NOT NULL AS in_transaction, LEFT(holder.processlist_info, 60) AS statement
			  FROM performance_schema.threads holder
			  LEFT JOIN performance_schema.events_transactions_current transaction
			         ON transaction.thread_id = holder.thread_id AND transaction.state = 'ACTIVE'
			 WHERE holder.processlist_user IS NOT NULL AND
			""";

	// Leaves out INTENTION_EXCLUSIVE locks: they only announce a lock on something
	// smaller, and block no session here.
	private static final String BLOCKERS = HOLDER + """
			 holder.thread_id IN (
			   SELECT held.owner_thread_id
			     FROM performance_schema.threads waiter
			     JOIN performance_schema.metadata_locks wanted
			          ON wanted.owner_thread_id = waiter.thread_id AND wanted.lock_status = 'PENDING'
			     JOIN performance_schema.metadata_locks held
			          ON held.object_type = wanted.object_type AND held.object_schema <=> wanted.object_schema
			         AND held.object_name <=> wanted.object_name AND held.owner_thread_id <> wanted.owner_thread_id
			         AND held.lock_status = 'GRANTED' AND held.lock_type <> 'INTENTION_EXCLUSIVE'
			    WHERE %1$s
			   UNION
			   SELECT waits.blocking_thread_id
			     FROM performance_schema.threads waiter
			     JOIN performance_schema.data_lock_waits waits ON waits.requesting_thread_id = waiter.thread_id
			    WHERE %1$s)
			 ORDER BY seconds DESC LIMIT 5
			""";

	private static final String BLOCKERS_OF_SESSION = BLOCKERS.formatted("waiter.processlist_id = ?");

	private static final String BLOCKERS_OF_REPLICATION = BLOCKERS.formatted("waiter.name LIKE 'thread/sql/replica%'");

	private static final String HOLDER_OF_NAMED_LOCK = HOLDER + " holder.processlist_id = IS_USED_LOCK(?)";

	private final DataSource server;

	LockHolders(DataSource server) {
		this.server = server;
	}

	/** Finds up to five sessions that block that session, the longest-running first. */
	List<LockHolder> blockersOf(long session) {
		return find(BLOCKERS_OF_SESSION, session, session);
	}

	/**
	 * Finds up to five sessions that block this server from applying the primary's
	 * writes.
	 */
	List<LockHolder> blockersOfReplication() {
		return find(BLOCKERS_OF_REPLICATION);
	}

	/** Whether a session holds the named lock (GET_LOCK). */
	boolean isHeld(String name) throws SQLException {
		return query("SELECT IS_USED_LOCK(?) IS NOT NULL", (row, number) -> row.getBoolean(1), name).contains(true);
	}

	/** Finds the session that holds the named lock; at least its number is known. */
	List<LockHolder> holdersOf(String name) throws SQLException {
		List<LockHolder> found = find(HOLDER_OF_NAMED_LOCK, name);
		return found.isEmpty() ? query("SELECT IS_USED_LOCK(?) AS session HAVING session IS NOT NULL",
				(row, number) -> LockHolder.unknown(row.getLong("session")), name) : found;
	}

	private List<LockHolder> find(String sql, Object... parameters) {
		try {
			return query(sql, LockHolders::holder, parameters);
		}
		catch (SQLException ex) {
			logger.debug("The holders of a lock cannot be queried", ex);
			return List.of();
		}
	}

	private <T> List<T> query(String sql, RowMapper<T> mapper, Object... parameters) throws SQLException {
		try (Connection connection = this.server.getConnection();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int index = 0; index < parameters.length; index++) {
				statement.setObject(index + 1, parameters[index]);
			}
			var rows = new ArrayList<T>();
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					rows.add(mapper.mapRow(result, result.getRow()));
				}
			}
			return rows;
		}
	}

	private static LockHolder holder(ResultSet row, int number) throws SQLException {
		return new LockHolder(row.getLong("session"), row.getString("account"), row.getString("host"),
				row.getLong("seconds"), row.getBoolean("in_transaction"), row.getString("statement"));
	}

}
