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
 * Finds who holds the locks that a session waits for: of tables, of rows, and named ones.
 * Its account needs SELECT on {@code metadata_locks}, {@code data_lock_waits},
 * {@code threads} and {@code events_transactions_current} in {@code performance_schema};
 * without it nobody is found, but for the number of the session that holds a named lock.
 */
final class LockHolders {

	private static final Logger logger = LoggerFactory.getLogger(LockHolders.class);

	// The statement is cut off: what follows may be somebody's data.
	private static final String HOLDERS = """
			SELECT DISTINCT holder.processlist_id AS session, holder.processlist_user AS account,
			       holder.processlist_host AS host,
			       COALESCE(transaction.timer_wait DIV 1000000000000, holder.processlist_time, 0) AS seconds,
			       transaction.thread_id IS NOT NULL AS in_transaction, LEFT(holder.processlist_info, 60) AS statement
			  FROM performance_schema.threads holder
			  LEFT JOIN performance_schema.events_transactions_current transaction
			         ON transaction.thread_id = holder.thread_id AND transaction.state = 'ACTIVE'
			 WHERE holder.processlist_user IS NOT NULL AND
			""";

	// A lock that is held with the intention to lock less excludes nobody here.
	private static final String OF_WAITING = HOLDERS + """
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

	private static final String OF_SESSION = OF_WAITING.formatted("waiter.processlist_id = ?");

	private static final String OF_REPLICATION = OF_WAITING.formatted("waiter.name LIKE 'thread/sql/replica%'");

	private static final String OF_NAME = HOLDERS + " holder.processlist_id = IS_USED_LOCK(?)";

	private final DataSource server;

	LockHolders(DataSource server) {
		this.server = server;
	}

	/** Who keeps that session waiting; those who have done so for longest come first. */
	List<LockHolder> inTheWayOf(long session) {
		return find(OF_SESSION, session, session);
	}

	/** Who keeps this server from applying what the primary wrote. */
	List<LockHolder> inTheWayOfReplication() {
		return find(OF_REPLICATION);
	}

	/** Whether somebody holds the lock of that name, as GET_LOCK() gives it. */
	boolean isUsed(String name) throws SQLException {
		return ask("SELECT IS_USED_LOCK(?) IS NOT NULL", (row, number) -> row.getBoolean(1), name).contains(true);
	}

	/** Who holds the lock of that name: at least the number of the session is known. */
	List<LockHolder> of(String name) throws SQLException {
		List<LockHolder> found = find(OF_NAME, name);
		return found.isEmpty() ? ask("SELECT IS_USED_LOCK(?) AS session HAVING session IS NOT NULL",
				(row, number) -> LockHolder.unknown(row.getLong("session")), name) : found;
	}

	private List<LockHolder> find(String question, Object... parameters) {
		try {
			return ask(question, LockHolders::holder, parameters);
		}
		catch (SQLException ex) {
			logger.debug("Who holds a lock cannot be seen", ex);
			return List.of();
		}
	}

	private <T> List<T> ask(String question, RowMapper<T> mapper, Object... parameters) throws SQLException {
		try (Connection connection = this.server.getConnection();
				PreparedStatement statement = connection.prepareStatement(question)) {
			for (int index = 0; index < parameters.length; index++) {
				statement.setObject(index + 1, parameters[index]);
			}
			var rows = new ArrayList<T>();
			try (ResultSet answer = statement.executeQuery()) {
				while (answer.next()) {
					rows.add(mapper.mapRow(answer, answer.getRow()));
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
