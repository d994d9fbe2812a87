package com.foobar.database.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * A database server, our connections to it, and what we know it has executed. Safe for
 * several threads.
 */
public final class Node implements AutoCloseable {

	private static final long NEVER = Long.MAX_VALUE;

	private final String name;

	private final NodePool reads;

	private final NodePool writes;

	private final Questions questions;

	private final AtomicReference<GtidSet> executed = new AtomicReference<>(GtidSet.EMPTY);

	private volatile Learned learned = new Learned(GtidSet.EMPTY, System.nanoTime());

	private volatile Heard heard = new Heard("", GtidSet.EMPTY);

	private volatile @Nullable Errant errant;

	private volatile long suspectSince = NEVER;

	// When it was asked what it last answered.
	private volatile long answered = System.nanoTime();

	/**
	 * Creates a node.
	 * @param name as it appears in logs and metrics
	 * @param reads connections for read-only transactions, preset so that the server
	 * refuses writes on them
	 * @param writes connections for everything else
	 */
	Node(String name, NodePool reads, NodePool writes, Questions questions) {
		this.name = name;
		this.reads = reads;
		this.writes = writes;
		this.questions = questions;
	}

	public String name() {
		return this.name;
	}

	public NodePool reads() {
		return this.reads;
	}

	public NodePool writes() {
		return this.writes;
	}

	/** Whether it is known to have executed that. */
	public boolean has(GtidSet position) {
		return this.executed.get().contains(position);
	}

	public GtidSet executed() {
		return this.executed.get();
	}

	/** Takes note of what it has executed. */
	void learn(GtidSet position) {
		this.learned = new Learned(position, System.nanoTime());
		this.executed.updateAndGet((known) -> known.union(position));
	}

	/**
	 * Takes note of what it says it has executed. That may be less than before, on a
	 * server that was set up anew. What it was seen to have while the answer was under
	 * way is kept: the answer may be older.
	 * @param asked when, as {@link System#nanoTime()}
	 */
	void answered(ProbeResult report, long asked) {
		this.executed.updateAndGet((known) -> report.executed().union(learnedSince(asked)));
		this.answered = asked;
		if (asked - this.suspectSince > 0) {
			this.suspectSince = NEVER;
		}
	}

	private GtidSet learnedSince(long asked) {
		Learned last = this.learned;
		return (last.at() - asked > 0) ? last.position() : GtidSet.EMPTY;
	}

	/**
	 * Takes note of transactions that it made itself while another server was the
	 * primary. They go nowhere else, so no visitor is held to having seen them.
	 */
	boolean hasErrant(ProbeResult report, GtidSet ofPrimary) {
		GtidSet own = report.executed().only(report.uuid());
		boolean errant = !ofPrimary.contains(own);
		this.errant = errant ? new Errant(report.uuid(), ofPrimary) : null;
		return errant;
	}

	/**
	 * Takes note of what it wrote that it has executed. Mostly the same as the last time,
	 * and then not read again.
	 * @return what of that a visitor may be held to
	 */
	public GtidSet learn(String text) {
		Heard last = this.heard;
		if (!text.equals(last.text())) {
			last = new Heard(text, GtidSet.parse(text));
			this.heard = last;
		}
		learn(last.executed());
		Errant own = this.errant;
		return (own != null) ? last.executed().replace(own.source(), own.ofPrimary()) : last.executed();
	}

	/** Waits until it has executed that; false if patience ended first. */
	public boolean await(GtidSet position, Duration patience) {
		if (!has(position) && this.questions.await(position, patience)) {
			learn(position);
		}
		return has(position);
	}

	/**
	 * What it has executed, asked after this call. Nothing if it does not answer, or is
	 * not the primary any more.
	 */
	public Optional<GtidSet> ask() {
		Optional<GtidSet> answer = this.questions.executed();
		answer.ifPresent(this::learn);
		return answer;
	}

	/**
	 * Whether it has answered what the monitor asked it then or later.
	 * @param since as {@link System#nanoTime()}
	 */
	boolean hasAnswered(long since) {
		return this.answered - since >= 0;
	}

	/** Whether it let us down since it was last asked for its role. */
	public boolean isSuspect() {
		return this.suspectSince != NEVER;
	}

	public void suspect() {
		this.suspectSince = System.nanoTime();
	}

	/**
	 * Lets connections go as soon as nobody uses them: they were made for a role that the
	 * server no longer has.
	 */
	void evict() {
		this.reads.evict();
		this.writes.evict();
	}

	@Override
	public void close() {
		this.questions.close();
		this.reads.close();
		this.writes.close();
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

	/** What a server can be asked about its position. */
	interface Questions extends AutoCloseable {

		public boolean await(GtidSet position, Duration patience);

		/** Nothing if it does not answer, or accepts no writes. */
		Optional<GtidSet> executed();

		@Override
		void close();

	}

}
