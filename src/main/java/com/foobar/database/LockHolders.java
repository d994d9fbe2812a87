package com.foobar.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds who holds the locks that a session waits for: of tables, of rows, and named ones.
 * Its account needs SELECT on {@code metadata_locks}, {@code data_lock_waits},
 * {@code threads} and {@code events_transactions_current} in {@code performance_schema};
 * without it nobody is found.
 */
final class LockHolders {

	private static final Logger logger = LoggerFactory.getLogger(LockHolders.class);

	// The statement is cut off: what follows may be somebody's data.
	private static final String HOLDERS = """
			SELECT DISTINCT holder.processlist_id AS session, holder.processlist_user AS account,
			       holder.processlist_host AS host,
			       COALESCE(transaction.timer_wait DIV 1000000000000, holder.processlist_time, 0) AS seconds,
			       LEFT(holder.processlist_info, 60) AS statement
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

	private static final String OF_SESSION = OF_WAITING.formatted("waiter.processlist_id = :session");

	private static final String OF_REPLICATION = OF_WAITING.formatted("waiter.name LIKE 'thread/sql/replica%'");

	private static final String OF_NAME = HOLDERS + " holder.processlist_id = IS_USED_LOCK(:name)";

	private final JdbcClient jdbc;

	LockHolders(DataSource server) {
		this.jdbc = JdbcClient.create(server);
	}

	/** Who keeps that session waiting; those who have done so for longest come first. */
	List<LockHolder> inTheWayOf(long session) {
		return find(this.jdbc.sql(OF_SESSION).param("session", session));
	}

	/** Who keeps this server from applying what the primary wrote. */
	List<LockHolder> inTheWayOfReplication() {
		return find(this.jdbc.sql(OF_REPLICATION));
	}

	/** Whether somebody holds the lock of that name, as GET_LOCK() gives it. */
	boolean isUsed(String name) {
		return this.jdbc.sql("SELECT IS_USED_LOCK(:name) IS NOT NULL")
			.param("name", name)
			.query(Boolean.class)
			.single();
	}

	/** Who holds the lock of that name. */
	List<LockHolder> of(String name) {
		return find(this.jdbc.sql(OF_NAME).param("name", name));
	}

	private static List<LockHolder> find(JdbcClient.StatementSpec question) {
		try {
			return question.query(LockHolders::holder).list();
		}
		catch (DataAccessException ex) {
			logger.debug("Who holds a lock cannot be seen", ex);
			return List.of();
		}
	}

	private static LockHolder holder(ResultSet row, int number) throws SQLException {
		return new LockHolder(row.getLong("session"), row.getString("account"), row.getString("host"),
				row.getLong("seconds"), row.getString("statement"));
	}

}
