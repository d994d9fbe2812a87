package com.foobar.database.server;

import java.util.concurrent.atomic.AtomicReference;

import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * Holds the transactions that a server is known to have executed, from probes, from the
 * results of commits, and from positions that were waited for. Safe for use by several
 * threads.
 */
final class ExecutedTransactions {

	private final AtomicReference<GtidSet> executed = new AtomicReference<>(GtidSet.EMPTY);

	private volatile Recorded lastRecorded = new Recorded(GtidSet.EMPTY, System.nanoTime());

	private volatile Parsed lastParsed = new Parsed("", GtidSet.EMPTY);

	private volatile @Nullable Errant errant;

	/** Returns all transactions that the server is known to have executed. */
	GtidSet get() {
		return this.executed.get();
	}

	/** Whether the server is known to have executed the position. */
	boolean contains(GtidSet position) {
		return this.executed.get().contains(position);
	}

	/** Records that the server has executed the position. */
	void record(GtidSet position) {
		this.lastRecorded = new Recorded(position, System.nanoTime());
		this.executed.updateAndGet((known) -> known.union(position));
	}

	/**
	 * Records the GTID set that the server sent with the result of a commit. The last
	 * text is cached, because most texts equal it.
	 * @param text a GTID set as the server writes it
	 * @return the position for the visitor, without errant transactions
	 */
	GtidSet record(String text) {
		Parsed last = this.lastParsed;
		if (!text.equals(last.text())) {
			last = new Parsed(text, GtidSet.parse(text));
			this.lastParsed = last;
		}
		record(last.executed());
		Errant known = this.errant;
		return (known != null) ? last.executed().replaceSource(known.source(), known.ofPrimary()) : last.executed();
	}

	/**
	 * Replaces the known GTID set by the one of a probe, because a server that was set up
	 * again has executed less than before. Keeps what was recorded while the probe was
	 * under way, because its result may be older.
	 * @param sentAt when the probe was sent, by {@link System#nanoTime()}
	 */
	void replace(GtidSet probed, long sentAt) {
		this.executed.updateAndGet((known) -> probed.union(recordedSince(sentAt)));
	}

	private GtidSet recordedSince(long time) {
		Recorded last = this.lastRecorded;
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

	private record Recorded(GtidSet position, long at) {
	}

	private record Parsed(String text, GtidSet executed) {
	}

	private record Errant(String source, GtidSet ofPrimary) {
	}

}
