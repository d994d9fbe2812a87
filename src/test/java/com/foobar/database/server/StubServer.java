package com.foobar.database.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.database.Deadline;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;

/**
 * Simulates a database server whose behaviour a test sets, and provides its {@link Node}.
 * Safe for use by several threads.
 */
public final class StubServer implements GtidQueries {

	private final Node node;

	private final AtomicInteger statements = new AtomicInteger();

	private final AtomicInteger evictions = new AtomicInteger();

	private GtidSet executed = GtidSet.EMPTY;

	private volatile boolean answering = true;

	private volatile boolean frozen;

	private volatile boolean reachable = true;

	private volatile Fault onStatement = (number) -> {
	};

	private volatile Fault onCommit = (number) -> {
	};

	private volatile Runnable onConnect = () -> {
	};

	public StubServer(String name) {
		this(name, 10, Duration.ofMillis(50));
	}

	public StubServer(String name, int connections, Duration poolTimeout) {
		this.node = new Node(name, new NodePool(name, new StubPool(connections, poolTimeout, true)),
				new NodePool(name, new StubPool(connections, poolTimeout, false)), this);
	}

	public Node node() {
		return this.node;
	}

	public String name() {
		return this.node.name();
	}

	/**
	 * Sets what happens when a statement is executed. The fault gets the statement's
	 * number on its connection, from 1.
	 */
	public StubServer onStatement(Fault fault) {
		this.onStatement = fault;
		return this;
	}

	/** Sets what happens before a connection is opened. */
	public StubServer onConnect(Runnable event) {
		this.onConnect = event;
		return this;
	}

	/** Sets what happens at a commit. The fault gets the number 0. */
	public StubServer onCommit(Fault fault) {
		this.onCommit = fault;
		return this;
	}

	/** Sets whether the server answers queries. It accepts connections in both cases. */
	public StubServer answering(boolean answering) {
		this.answering = answering;
		return this;
	}

	/** Sets whether connections to the server can be opened. */
	public StubServer reachable(boolean reachable) {
		this.reachable = reachable;
		return this;
	}

	/**
	 * Adds executed transactions. The node does not know of them until it asks the
	 * server.
	 */
	public synchronized StubServer addExecuted(String transactions) {
		this.executed = this.executed.union(GtidSet.parse(transactions));
		notifyAll();
		return this;
	}

	/**
	 * Adds executed transactions and gives the node a probe result, as the monitor does.
	 */
	public StubServer reportExecuted(String transactions) {
		addExecuted(transactions);
		this.node.recordProbe(probeResult(), System.nanoTime());
		return this;
	}

	synchronized ProbeResult probeResult() {
		return new ProbeResult(name(), true, false, this.executed, false, List.of(), 151);
	}

	/** Returns the number of executed statements. */
	public int statements() {
		return this.statements.get();
	}

	/** Returns how often the pools of the server were evicted. */
	int evictions() {
		return this.evictions.get();
	}

	boolean isAnswering() {
		return this.answering;
	}

	void execute(int number) throws SQLException {
		this.statements.incrementAndGet();
		this.onStatement.raise(number);
	}

	void commit() throws SQLException {
		this.onCommit.raise(0);
	}

	@Override
	public synchronized boolean await(GtidSet position, Duration timeout) {
		return TimedWait.await(this, () -> this.executed.contains(position), timeout);
	}

	/** Sets whether the server is frozen. A query to a frozen server times out. */
	public StubServer frozen(boolean frozen) {
		this.frozen = frozen;
		return this;
	}

	@Override
	public Optional<GtidSet> executed() {
		if (this.frozen) {
			await(GtidSet.parse("never:1"), Deadline.current().atMost(Duration.ofSeconds(1)));
		}
		return answer();
	}

	private synchronized Optional<GtidSet> answer() {
		return (this.answering && !this.frozen) ? Optional.of(this.executed) : Optional.empty();
	}

	@Override
	public void close() {
	}

	/** Throws an exception from a statement or a commit, or does nothing. */
	public interface Fault {

		void raise(int number) throws SQLException;

	}

	private final class StubPool implements ConnectionPool {

		private final int size;

		private final Duration timeout;

		private final boolean readOnly;

		private StubPool(int size, Duration timeout, boolean readOnly) {
			this.size = size;
			this.timeout = timeout;
			this.readOnly = readOnly;
		}

		@Override
		public Connection getConnection() throws SQLException {
			StubServer.this.onConnect.run();
			if (!StubServer.this.reachable) {
				throw new SQLTransientConnectionException("Connection is not available");
			}
			return StubConnection.open(StubServer.this);
		}

		@Override
		public int size() {
			return this.size;
		}

		@Override
		public Duration timeout() {
			return this.timeout;
		}

		@Override
		public boolean isReadOnly() {
			return this.readOnly;
		}

		@Override
		public void evict() {
			StubServer.this.evictions.incrementAndGet();
		}

		@Override
		public void close() {
		}

	}

}
