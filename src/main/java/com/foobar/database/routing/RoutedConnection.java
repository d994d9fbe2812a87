package com.foobar.database.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.time.Duration;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Deadline;
import com.foobar.database.server.Node;
import com.foobar.database.server.NodePool;
import com.mysql.cj.MysqlConnection;
import com.mysql.cj.protocol.ServerSessionStateController.SessionStateChange;
import com.mysql.cj.protocol.ServerSessionStateController;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the connection of one transaction. Records the position after each commit, and
 * how many statements the transaction has made: if the connection is lost, that number
 * tells whether the transaction can have had an effect. Not thread-safe.
 */
final class RoutedConnection implements InvocationHandler {

	private static final Logger logger = LoggerFactory.getLogger(RoutedConnection.class);

	private final Connection target;

	private final Node node;

	private final NodePool pool;

	private final StatementLog log;

	private final ConsistencyContext context = ConsistencyContext.current();

	private final @Nullable RoutedTransaction transaction = RoutedTransaction.current();

	private int statementCount;

	private boolean open = true;

	/**
	 * Wraps a connection.
	 * @param slowStatement a statement that takes longer is logged
	 */
	RoutedConnection(Connection target, Node node, NodePool pool, Duration slowStatement) {
		this.target = target;
		this.node = node;
		this.pool = pool;
		this.log = StatementLog.of(node, target, slowStatement);
	}

	/** Returns this connection for the transaction's statements. */
	Connection proxy() {
		return (Connection) Proxy.newProxyInstance(RoutedConnection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, this);
	}

	/** Whether the transaction has made at most one statement so far. */
	boolean isAtFirstStatement() {
		return this.statementCount <= 1;
	}

	/** Asks the server for at most a second whether the connection works. */
	boolean isAlive() {
		try {
			return this.target.isValid(1);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/** Logs how long the transaction waited for a primary. */
	void logWait(Duration time) {
		this.log.logWait(time);
	}

	/** Marks the server of the connection as suspect. */
	void markServerSuspect() {
		this.node.markSuspect();
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		switch (method.getName()) {
			case "commit" -> commit();
			case "rollback" -> rollback(method, arguments);
			case "close" -> close();
			case "equals" -> {
				return arguments != null && proxy == arguments[0];
			}
			case "hashCode" -> {
				return System.identityHashCode(proxy);
			}
			case "createStatement", "prepareStatement", "prepareCall" -> {
				Deadline.requireNotPassed();
				this.statementCount++;
				return statement(method, arguments);
			}
			default -> {
				return delegate(this.target, method, arguments);
			}
		}
		return null;
	}

	private @Nullable Object statement(Method method, Object @Nullable [] arguments) throws Throwable {
		Object statement = delegate(this.target, method, arguments);
		if (statement == null) {
			return null;
		}
		Class<?> type = method.getReturnType();
		String sql = (arguments != null && arguments[0] instanceof String text) ? text : null;
		Object logged = LoggedStatement.wrap(statement, type, sql, this.log);
		RoutedTransaction owner = this.transaction;
		return (owner != null && owner.hasEnded()) ? AfterEndStatement.wrap(logged, type, owner) : logged;
	}

	static @Nullable Object delegate(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private void commit() throws SQLException {
		if (this.target.isClosed()) {
			throw new SQLRecoverableException("The connection was lost before the commit was sent", "08003");
		}
		if (!this.pool.isReadOnly()) {
			Deadline.requireNotPassed();
		}
		try {
			this.log.run("COMMIT", () -> {
				this.target.commit();
				return null;
			});
		}
		catch (SQLException ex) {
			boolean outcomeKnown = this.pool.isReadOnly() || MySqlExceptionTranslator.isNotCommitted(ex);
			throw outcomeKnown ? ex : new CommitOutcomeUnknownException(ex);
		}
		recordPosition();
	}

	// The server itself rolls back when the connection is lost. An exception here would
	// hide the one that tells why it was lost.
	private void rollback(Method method, Object @Nullable [] arguments) throws Throwable {
		if (!this.target.isClosed()) {
			delegate(this.target, method, arguments);
		}
	}

	/** Returns the connection to its pool. A second call does nothing. */
	void close() throws SQLException {
		if (this.open) {
			this.open = false;
			try (this.target) {
				if (!this.target.isClosed() && this.target.getAutoCommit()) {
					recordPosition();
				}
			}
			finally {
				this.pool.release(this.target);
			}
		}
	}

	// The driver keeps only the GTIDs of the last response, so they are read right after
	// the commit, or after a statement outside a transaction. A failure here does not
	// undo the commit.
	private void recordPosition() {
		try {
			if (this.target.isWrapperFor(MysqlConnection.class)) {
				recordPosition(this.target.unwrap(MysqlConnection.class));
			}
		}
		catch (SQLException | RuntimeException ex) {
			logger.warn("The position after a commit on {} is not known", this.node, ex);
		}
	}

	private void recordPosition(MysqlConnection connection) {
		var changes = connection.getServerSessionStateController().getSessionStateChanges();
		if (changes != null) {
			changes.getSessionStateChangesList().forEach(this::recordPosition);
		}
	}

	private void recordPosition(SessionStateChange change) {
		if (change.getType() == ServerSessionStateController.SESSION_TRACK_GTIDS) {
			this.context.advance(this.node.recordExecuted(change.getValues().getFirst()));
			this.context.clearStrong();
		}
	}

}
