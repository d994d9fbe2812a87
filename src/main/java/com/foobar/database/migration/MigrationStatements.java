package com.foobar.database.migration;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.foobar.database.MigrationProperties;
import com.foobar.database.server.MySqlError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the statements of a migration. One that waits for a lock gives up within seconds,
 * so that visitors, who wait behind it, go on, and is tried again for a while.
 */
final class MigrationStatements {

	private static final Logger logger = LoggerFactory.getLogger(MigrationStatements.class);

	private final String server;

	private final LockHolders holders;

	private final MigrationProperties properties;

	MigrationStatements(String server, LockHolders holders, MigrationProperties properties) {
		this.server = server;
		this.holders = holders;
		this.properties = properties;
	}

	/**
	 * Runs one.
	 * @param session that of the statement's connection
	 * @throws MigrationStatementException if nobody lets go of a lock it needs
	 */
	boolean execute(Statement statement, String sql, long session) throws SQLException {
		long began = System.nanoTime();
		while (true) {
			var watch = new LockWaitMonitor(this.holders, session);
			try (watch) {
				return statement.execute(sql);
			}
			catch (SQLException ex) {
				awaitNextAttempt(watch.seen(), sql, began, ex);
			}
		}
	}

	private void awaitNextAttempt(List<LockHolder> seen, String sql, long began, SQLException ex) throws SQLException {
		if (!MySqlError.ER_LOCK_WAIT_TIMEOUT.is(ex)) {
			throw ex;
		}
		Duration pause = this.properties.lockTimeout();
		Duration waited = Duration.ofNanos(System.nanoTime() - began);
		if (waited.plus(pause).compareTo(this.properties.lockPatience()) > 0) {
			throw locked(seen, ex);
		}
		logger.info("Waiting for {}. Trying again in {} s: {}", LockHolder.describe(seen), pause.toSeconds(),
				ResumableStatements.firstLine(sql));
		pause(pause, ex);
	}

	private MigrationStatementException locked(List<LockHolder> seen, SQLException ex) {
		String problem = "Within [%s] it did not get a lock. It waited for %s".formatted(this.properties.lockPatience(),
				LockHolder.describe(seen));
		String remedy = seen.isEmpty()
				? """
						To see who it is, the account of the migration needs SELECT on performance_schema. Or run it again, and \
						meanwhile ask on %s as root: SELECT * FROM sys.schema_table_lock_waits;"""
					.formatted(this.server)
				: """
						Wait until that has ended, or end it on %s as root: %s Then run it again: it goes on where it stopped."""
					.formatted(this.server, LockHolder.kill(seen));
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
