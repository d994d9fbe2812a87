package com.foobar.database.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;

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
 * A connection on its way through one transaction. Takes note of the position after each
 * commit, and of how far the transaction had come when its connection was lost: that is
 * what decides whether it had its effect.
 */
final class RoutedConnection implements InvocationHandler {

	private static final Logger logger = LoggerFactory.getLogger(RoutedConnection.class);

	private static final ThreadLocal<@Nullable RoutedConnection> current = new ThreadLocal<>();

	private final Connection target;

	private final Node node;

	private final NodePool pool;

	private final ConsistencyContext causality = ConsistencyContext.current();

	private final @Nullable RoutedConnection outer = current.get();

	private final @Nullable RoutedTransaction transaction = RoutedTransaction.current();

	private int statements;

	private boolean open = true;

	private RoutedConnection(Connection target, Node node, NodePool pool) {
		this.target = target;
		this.node = node;
		this.pool = pool;
	}

	static Connection wrap(Connection target, Node node, NodePool pool) {
		var routed = new RoutedConnection(target, node, pool);
		makeCurrent(routed);
		return (Connection) Proxy.newProxyInstance(RoutedConnection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, routed);
	}

	/** Whether this thread's transaction has made no more than one statement so far. */
	static boolean isUnanswered() {
		RoutedConnection connection = current.get();
		return connection != null && connection.statements <= 1;
	}

	/** Whether the connection of this thread's transaction still works. */
	static boolean isStillAnswered() {
		RoutedConnection connection = current.get();
		try {
			return connection != null && connection.target.isValid(1);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/** Takes note that the server of this thread's transaction let it down. */
	static void suspect() {
		RoutedConnection connection = current.get();
		if (connection != null) {
			connection.node.suspect();
		}
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
				Deadline.requireTime();
				this.statements++;
				return statement(method, arguments);
			}
			default -> {
				return pass(this.target, method, arguments);
			}
		}
		return null;
	}

	private @Nullable Object statement(Method method, Object @Nullable [] arguments) throws Throwable {
		Object statement = pass(this.target, method, arguments);
		RoutedTransaction of = this.transaction;
		return (of != null && of.hasEnded() && statement != null)
				? AfterEndStatement.wrap(statement, method.getReturnType(), of) : statement;
	}

	static @Nullable Object pass(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
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
			Deadline.requireTime();
		}
		try {
			this.target.commit();
		}
		catch (SQLException ex) {
			boolean harmless = this.pool.isReadOnly() || MySqlExceptionTranslator.isNotCommitted(ex);
			throw harmless ? ex : new CommitOutcomeUnknownException(ex);
		}
		observe();
	}

	// The server rolls back whose connection is gone. Failing here would hide why.
	private void rollback(Method method, Object @Nullable [] arguments) throws Throwable {
		if (!this.target.isClosed()) {
			pass(this.target, method, arguments);
		}
	}

	private void close() throws SQLException {
		if (this.open) {
			this.open = false;
			makeCurrent(this.outer);
			try (this.target) {
				if (!this.target.isClosed() && this.target.getAutoCommit()) {
					observe();
				}
			}
			finally {
				this.pool.returned(this.target);
			}
		}
	}

	// In the answer to the last commit, or statement outside a transaction: any other
	// would
	// overwrite it. A failure here takes back nothing.
	private void observe() {
		try {
			if (this.target.isWrapperFor(MysqlConnection.class)) {
				observe(this.target.unwrap(MysqlConnection.class));
			}
		}
		catch (SQLException | RuntimeException ex) {
			logger.warn("The position after a commit on {} is not known", this.node, ex);
		}
	}

	private void observe(MysqlConnection connection) {
		var changes = connection.getServerSessionStateController().getSessionStateChanges();
		if (changes != null) {
			changes.getSessionStateChangesList().forEach(this::observe);
		}
	}

	private void observe(SessionStateChange change) {
		if (change.getType() == ServerSessionStateController.SESSION_TRACK_GTIDS) {
			this.causality.saw(this.node.learn(change.getValues().getFirst()));
			this.causality.settle();
		}
	}

	private static void makeCurrent(@Nullable RoutedConnection connection) {
		if (connection != null) {
			current.set(connection);
		}
		else {
			current.remove();
		}
	}

}
