package com.foobar.database;

import com.foobar.database.topology.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the position of one visitor: the transactions that the visitor has seen. Open a
 * context around the work for the visitor. Every transaction on this thread then sees at
 * least the position, and advances it. Send {@link #position()} to the visitor and begin
 * the next context with it, on any instance. The visitor then never sees older data than
 * before.
 *
 * <p>
 * Without a context, work may not see its own earlier writes, because the replica that it
 * reads from may not have them yet.
 *
 * <p>
 * Not thread-safe: the context is bound to the thread that began it.
 */
public final class ConsistencyContext implements AutoCloseable {

	private static final ThreadLocal<@Nullable ConsistencyContext> current = new ThreadLocal<>();

	private GtidSet seen;

	private boolean strong;

	private boolean degraded;

	private @Nullable ConsistencyContext replaced;

	private ConsistencyContext(GtidSet seen, boolean strong) {
		this.seen = seen;
		this.strong = strong;
	}

	/**
	 * Opens a context and binds it to this thread. Closing it restores the context that
	 * was bound before.
	 * @param position the GTID set that the visitor has seen; empty if it is unknown
	 * @param strong whether the first read must see all writes that were acknowledged to
	 * anybody before it
	 * @throws IllegalArgumentException if the position is not a GTID set
	 */
	public static ConsistencyContext begin(String position, boolean strong) {
		var context = new ConsistencyContext(GtidSet.parse(position), strong);
		context.replaced = current.get();
		current.set(context);
		return context;
	}

	/** Returns the context of this thread, or a new unbound one if there is none. */
	public static ConsistencyContext current() {
		ConsistencyContext open = current.get();
		return (open != null) ? open : new ConsistencyContext(GtidSet.EMPTY, false);
	}

	/** Returns the current position as text; empty if the database has no positions. */
	public String position() {
		return this.seen.toString();
	}

	/**
	 * Whether a read that should have seen all acknowledged writes may have missed some,
	 * because there was no primary to ask.
	 */
	public boolean isDegraded() {
		return this.degraded;
	}

	@Override
	public void close() {
		if (this.replaced != null) {
			current.set(this.replaced);
		}
		else {
			current.remove();
		}
	}

	/** Returns the transactions that the visitor has seen. */
	public GtidSet seen() {
		return this.seen;
	}

	/** Adds transactions that the visitor has now seen to the position. */
	public void advance(GtidSet position) {
		this.seen = this.seen.union(position);
	}

	/**
	 * Replaces the position with the one of the primary, because a failover has lost
	 * transactions of the old position.
	 */
	public void reset(GtidSet position) {
		this.seen = position;
	}

	/** Whether the next read must see all writes that were acknowledged to anybody. */
	public boolean isStrong() {
		return this.strong;
	}

	/**
	 * Ends the demand to see all acknowledged writes. The position now includes them.
	 */
	public void clearStrong() {
		this.strong = false;
	}

	/** Ends the demand to see all acknowledged writes, although it was not met. */
	public void markDegraded() {
		this.strong = false;
		this.degraded = true;
	}

}
