package com.foobar.database.migration;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.foobar.database.MigrationProperties;
import com.foobar.database.connection.MySqlError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the statements of a migration. A statement that waits for a lock gives up after
 * {@code foobar.database.migration.lock-timeout}, because the visitors' statements wait
 * behind it. It is tried again for {@code foobar.database.migration.lock-retry-timeout}.
 * Without a lock in its way, a statement may take any time. Not thread-safe.
 */
final class MigrationStatements {

	private static final Logger logger = LoggerFactory.getLogger(MigrationStatements.class);

	private final String server;

	private final LockHolders lockHolders;

	private final MigrationProperties properties;

	MigrationStatements(String server, LockHolders lockHolders, MigrationProperties properties) {
		this.server = server;
		this.lockHolders = lockHolders;
		this.properties = properties;
	}

	/**
	 * Runs a statement.
	 * @param session the session of the statement's connection
	 * @throws MigrationStatementException if the statement does not get a lock in time
	 * (ER_LOCK_WAIT_TIMEOUT)
	 */
	boolean execute(Statement statement, String sql, long session) throws SQLException {
		long began = System.nanoTime();
		while (true) {
			var monitor = new LockWaitMonitor(this.lockHolders, session);
			try (monitor) {
				return statement.execute(sql);
			}
			catch (SQLException ex) {
				awaitNextAttempt(monitor.blockers(), sql, began, ex);
			}
		}
	}

	private void awaitNextAttempt(List<LockHolder> blockers, String sql, long began, SQLException ex)
			throws SQLException {
		if (!MySqlError.ER_LOCK_WAIT_TIMEOUT.is(ex)) {
			throw ex;
		}
		Duration pause = this.properties.lockTimeout();
		Duration waited = Duration.ofNanos(System.nanoTime() - began);
		if (waited.plus(pause).compareTo(this.properties.lockRetryTimeout()) > 0) {
			throw lockNotAcquired(blockers, ex);
		}
		logger.info("Waiting for {}. Trying again in {} s: {}", LockHolder.describe(blockers), pause.toSeconds(),
				ResumableStatements.firstLine(sql));
		pause(pause, ex);
	}

	private MigrationStatementException lockNotAcquired(List<LockHolder> blockers, SQLException ex) {
		String problem = "Within [%s] it did not get a lock. It waited for %s"
			.formatted(this.properties.lockRetryTimeout(), LockHolder.describe(blockers));
		String remedy = blockers.isEmpty()
				? """
						To see which session it is, the account of the migration needs SELECT on performance_schema. \
						Or run it again, and meanwhile ask on %s as root: SELECT * FROM sys.schema_table_lock_waits;"""
					.formatted(this.server)
				: """
						Wait until that has ended, or end it on %s as root: %s Then run it again: it resumes where it \
						stopped.""".formatted(this.server, LockHolder.kill(blockers));
		return new MigrationStatementException(problem, remedy, ex);
	}

	private static void pause(Duration pause, SQLException ex) throws SQLException {
		try {
			Thread.sleep(pause);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw ex;
		}
	}

}
