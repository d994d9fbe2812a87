package com.foobar.database.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.database.Deadline;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;

/**
 * A database server that does what a test tells it to, and its {@link Node}. Safe for
 * several threads.
 */
public final class StubServer implements Node.Questions {

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
	 * What happens when a statement is executed: its number on the connection, from 1.
	 */
	public StubServer onStatement(Fault fault) {
		this.onStatement = fault;
		return this;
	}

	/** What happens before a connection is opened. */
	public StubServer onConnect(Runnable event) {
		this.onConnect = event;
		return this;
	}

	public StubServer onCommit(Fault fault) {
		this.onCommit = fault;
		return this;
	}

	/** Whether it answers questions; connections are opened all the same. */
	public StubServer answering(boolean answering) {
		this.answering = answering;
		return this;
	}

	/** Whether connections to it can be opened. */
	public StubServer reachable(boolean reachable) {
		this.reachable = reachable;
		return this;
	}

	/** Executes transactions, which the node does not know until it is told or asks. */
	public synchronized StubServer has(String transactions) {
		this.executed = this.executed.union(GtidSet.parse(transactions));
		notifyAll();
		return this;
	}

	/** The same, and tells the node as the monitor would. */
	public StubServer reports(String transactions) {
		has(transactions);
		this.node.answered(report(), System.nanoTime());
		return this;
	}

	synchronized ProbeResult report() {
		return new ProbeResult(name(), true, false, this.executed, false, List.of(), 151);
	}

	/** How many statements it was sent. */
	public int statements() {
		return this.statements.get();
	}

	/** How often its pools were told to let go of their connections. */
	int evictions() {
		return this.evictions.get();
	}

	boolean isAnswering() {
		return this.answering;
	}

	void execute(int number) throws SQLException {
		this.statements.incrementAndGet();
		this.onStatement.strike(number);
	}

	void commit() throws SQLException {
		this.onCommit.strike(0);
	}

	@Override
	public synchronized boolean await(GtidSet position, Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		while (!this.executed.contains(position)) {
			long left = end - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			try {
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return true;
	}

	/** Whether it is frozen: whoever asks it gets no answer, and learns that late. */
	public StubServer frozen(boolean frozen) {
		this.frozen = frozen;
		return this;
	}

	@Override
	public Optional<GtidSet> executed() {
		if (this.frozen) {
			await(GtidSet.parse("never:1"), Deadline.current().atMost(Duration.ofSeconds(1)));
		}
		return told();
	}

	private synchronized Optional<GtidSet> told() {
		return (this.answering && !this.frozen) ? Optional.of(this.executed) : Optional.empty();
	}

	@Override
	public void close() {
	}

	/** What befalls a statement or a commit: nothing, or an exception. */
	public interface Fault {

		void strike(int number) throws SQLException;

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
			return StubConnection.to(StubServer.this);
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
