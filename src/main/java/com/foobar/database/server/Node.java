package com.foobar.database.server;

import java.time.Duration;
import java.util.Optional;

import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;

/**
 * One database server: its connection pools and the transactions that it is known to have
 * executed.
 *
 * <p>
 * Safe for use by several threads.
 */
public final class Node implements AutoCloseable {

	private static final long NEVER = Long.MAX_VALUE;

	private final String name;

	private final NodePool readPool;

	private final NodePool writePool;

	private final GtidQueries queries;

	private final ExecutedTransactions executed = new ExecutedTransactions();

	private volatile long suspectSince = NEVER;

	// When the probe that the server answered last was sent, by nanoTime().
	private volatile long lastAnsweredProbe = System.nanoTime();

	/**
	 * Creates a node.
	 * @param name the name of the server in logs and metrics
	 * @param readPool connections for read-only transactions, on which the server refuses
	 * writes
	 * @param writePool connections for all other transactions
	 * @param queries the GTID queries to the server
	 */
	Node(String name, NodePool readPool, NodePool writePool, GtidQueries queries) {
		this.name = name;
		this.readPool = readPool;
		this.writePool = writePool;
		this.queries = queries;
	}

	/** Returns the name of the server in logs and metrics. */
	public String name() {
		return this.name;
	}

	/** Returns the connections on which the server refuses writes. */
	public NodePool readPool() {
		return this.readPool;
	}

	/** Returns the connections for transactions that may write. */
	public NodePool writePool() {
		return this.writePool;
	}

	/** Whether the server is known to have executed the position. */
	public boolean hasExecuted(GtidSet position) {
		return this.executed.contains(position);
	}

	/** Returns the transactions that the server is known to have executed. */
	public GtidSet executed() {
		return this.executed.get();
	}

	/** Records that the server has executed the position. */
	void recordExecuted(GtidSet position) {
		this.executed.record(position);
	}

	/**
	 * Records the result of a probe, and its GTID set in place of the known one. The
	 * server is no longer suspect if it became suspect before the probe was sent.
	 * @param sentAt when the probe was sent, by {@link System#nanoTime()}
	 */
	void recordProbe(ProbeResult result, long sentAt) {
		this.executed.replace(result.executed(), sentAt);
		this.lastAnsweredProbe = sentAt;
		if (sentAt - this.suspectSince > 0) {
			this.suspectSince = NEVER;
		}
	}

	/**
	 * Records whether the server has errant transactions: transactions with its own UUID
	 * that the primary does not have. No other server gets them, so they do not become
	 * part of a visitor's position.
	 * @return whether it has errant transactions
	 */
	boolean updateErrant(ProbeResult result, GtidSet ofPrimary) {
		return this.executed.updateErrant(result, ofPrimary);
	}

	/**
	 * Records the GTID set that the server sent with the result of a commit. The last
	 * text is cached, because most texts equal it.
	 * @param text a GTID set as the server writes it
	 * @return the position for the visitor, without errant transactions
	 */
	public GtidSet recordExecuted(String text) {
		return this.executed.record(text);
	}

	/**
	 * Waits until the server has executed the position. Sends no query if it is known to
	 * have.
	 * @return whether it has; false after the timeout, or if the server does not answer
	 */
	public boolean await(GtidSet position, Duration timeout) {
		if (!hasExecuted(position) && this.queries.await(position, timeout)) {
			recordExecuted(position);
		}
		return hasExecuted(position);
	}

	/**
	 * Asks the server which transactions it has executed. Callers at the same time share
	 * one query. Empty if the server does not answer before the
	 * {@link com.foobar.database.Deadline} or within its connection's timeout
	 * ({@code foobar.database.monitor.timeout}), or if it does not accept writes.
	 */
	public Optional<GtidSet> queryExecuted() {
		Optional<GtidSet> position = this.queries.executed();
		position.ifPresent(this::recordExecuted);
		return position;
	}

	/**
	 * Whether the server has answered a probe that was sent at that time or later.
	 * @param time a time by {@link System#nanoTime()}
	 */
	boolean hasAnsweredSince(long time) {
		return this.lastAnsweredProbe - time >= 0;
	}

	/** Whether the server has failed since the last probe that it answered was sent. */
	public boolean isSuspect() {
		return this.suspectSince != NEVER;
	}

	/** Makes the server suspect until it answers a later probe. */
	public void markSuspect() {
		this.suspectSince = System.nanoTime();
	}

	/**
	 * Closes the current connections as soon as they are idle, because they were opened
	 * for a role that the server no longer has.
	 */
	void evict() {
		this.readPool.evict();
		this.writePool.evict();
	}

	@Override
	public void close() {
		this.queries.close();
		this.readPool.close();
		this.writePool.close();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
