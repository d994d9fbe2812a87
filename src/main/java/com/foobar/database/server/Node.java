package com.foobar.database.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;
import org.jspecify.annotations.Nullable;

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

	private final Questions questions;

	private final AtomicReference<GtidSet> executed = new AtomicReference<>(GtidSet.EMPTY);

	private volatile Learned learned = new Learned(GtidSet.EMPTY, System.nanoTime());

	private volatile Heard heard = new Heard("", GtidSet.EMPTY);

	private volatile @Nullable Errant errant;

	private volatile long suspectSince = NEVER;

	// When the probe that the server answered last was sent, by nanoTime().
	private volatile long lastAnsweredProbe = System.nanoTime();

	/**
	 * Creates a node.
	 * @param name the name of the server in logs and metrics
	 * @param readPool connections for read-only transactions, on which the server refuses
	 * writes
	 * @param writePool connections for all other transactions
	 * @param questions the GTID queries to the server
	 */
	Node(String name, NodePool readPool, NodePool writePool, Questions questions) {
		this.name = name;
		this.readPool = readPool;
		this.writePool = writePool;
		this.questions = questions;
	}

	public String name() {
		return this.name;
	}

	public NodePool readPool() {
		return this.readPool;
	}

	public NodePool writePool() {
		return this.writePool;
	}

	/** Whether the server is known to have executed the position. */
	public boolean hasExecuted(GtidSet position) {
		return this.executed.get().contains(position);
	}

	public GtidSet executed() {
		return this.executed.get();
	}

	/** Records that the server has executed the position. */
	void recordExecuted(GtidSet position) {
		this.learned = new Learned(position, System.nanoTime());
		this.executed.updateAndGet((known) -> known.union(position));
	}

	/**
	 * Records the result of a probe. Its GTID set replaces the known one, because a
	 * server that was set up again has executed less than before. A GTID set that was
	 * recorded while the probe was under way is kept, because the result may be older.
	 * The server is no longer suspect if it became suspect before the probe was sent.
	 * @param sentAt when the probe was sent, by {@link System#nanoTime()}
	 */
	void recordProbe(ProbeResult result, long sentAt) {
		this.executed.updateAndGet((known) -> result.executed().union(recordedSince(sentAt)));
		this.lastAnsweredProbe = sentAt;
		if (sentAt - this.suspectSince > 0) {
			this.suspectSince = NEVER;
		}
	}

	private GtidSet recordedSince(long time) {
		Learned last = this.learned;
		return (last.at() - time > 0) ? last.position() : GtidSet.EMPTY;
	}

	/**
	 * Records whether the server has errant transactions: transactions with its own UUID
	 * that the primary does not have. No other server gets them, so they do not become
	 * part of a visitor's position.
	 * @return whether it has errant transactions
	 */
	boolean updateErrant(ProbeResult result, GtidSet ofPrimary) {
		GtidSet own = result.executed().ofSource(result.uuid());
		boolean hasErrant = !ofPrimary.contains(own);
		this.errant = hasErrant ? new Errant(result.uuid(), ofPrimary) : null;
		return hasErrant;
	}

	/**
	 * Records the GTID set that the server sent with the result of a commit. The last
	 * text is cached, because most texts equal it.
	 * @param text a GTID set as the server writes it
	 * @return the position for the visitor, without errant transactions
	 */
	public GtidSet recordExecuted(String text) {
		Heard last = this.heard;
		if (!text.equals(last.text())) {
			last = new Heard(text, GtidSet.parse(text));
			this.heard = last;
		}
		recordExecuted(last.executed());
		Errant known = this.errant;
		return (known != null) ? last.executed().replaceSource(known.source(), known.ofPrimary()) : last.executed();
	}

	/**
	 * Waits until the server has executed the position.
	 * @return whether it has; false after the timeout
	 */
	public boolean await(GtidSet position, Duration timeout) {
		if (!hasExecuted(position) && this.questions.await(position, timeout)) {
			recordExecuted(position);
		}
		return hasExecuted(position);
	}

	/**
	 * Asks the server which transactions it has executed. Empty if it does not answer
	 * before the {@link com.foobar.database.Deadline} or does not accept writes.
	 */
	public Optional<GtidSet> queryExecuted() {
		Optional<GtidSet> position = this.questions.executed();
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
		this.questions.close();
		this.readPool.close();
		this.writePool.close();
	}

	@Override
	public String toString() {
		return this.name;
	}

	private record Errant(String source, GtidSet ofPrimary) {
	}

	private record Learned(GtidSet position, long at) {
	}

	private record Heard(String text, GtidSet executed) {
	}

	/** GTID queries to a server. Safe for use by several threads. */
	interface Questions extends AutoCloseable {

		public boolean await(GtidSet position, Duration timeout);

		/**
		 * Asks which transactions the server has executed. Empty if the server does not
		 * answer or does not accept writes.
		 */
		Optional<GtidSet> executed();

		@Override
		void close();

	}

}
