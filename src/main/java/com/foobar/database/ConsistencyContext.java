package com.foobar.database;

import com.foobar.database.topology.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor must be shown, and has been shown by now: their position in the history
 * of the database. Open one around the work for a visitor; every transaction on this
 * thread then sees at least the position, and raises it. Hand the {@link #position()} to
 * the visitor and begin with it when they come again, on whichever instance, and they
 * never see older data than before.
 *
 * <p>
 * Work without one only sees what it wrote itself if the replica it reads from happens to
 * have it.
 */
public final class ConsistencyContext implements AutoCloseable {

	private static final ThreadLocal<@Nullable ConsistencyContext> current = new ThreadLocal<>();

	private GtidSet seen;

	private boolean strong;

	private boolean degraded;

	private ConsistencyContext(GtidSet seen, boolean strong) {
		this.seen = seen;
		this.strong = strong;
	}

	/**
	 * Opens one for this thread, until it is closed.
	 * @param position what the visitor has seen; empty if nothing is known of that
	 * @param strong whether the first read must see everything acknowledged before it, by
	 * anyone
	 */
	public static ConsistencyContext begin(String position, boolean strong) {
		var causality = new ConsistencyContext(GtidSet.parse(position), strong);
		current.set(causality);
		return causality;
	}

	/** The one of this thread; a new one, which nobody else sees, if there is none. */
	public static ConsistencyContext current() {
		ConsistencyContext open = current.get();
		return (open != null) ? open : new ConsistencyContext(GtidSet.EMPTY, false);
	}

	/** What the visitor has seen by now; empty if the database has no positions. */
	public String position() {
		return this.seen.toString();
	}

	/**
	 * Whether a read that should have seen everything acknowledged could not, for lack of
	 * a primary, and saw what there was.
	 */
	public boolean isDegraded() {
		return this.degraded;
	}

	@Override
	public void close() {
		current.remove();
	}

	public GtidSet seen() {
		return this.seen;
	}

	public void saw(GtidSet position) {
		this.seen = this.seen.union(position);
	}

	/** Forgets what no server has any more. */
	public void forget(GtidSet all) {
		this.seen = all;
	}

	public boolean isStrong() {
		return this.strong;
	}

	/** All that was asked for beyond the position is now part of it. */
	public void settle() {
		this.strong = false;
	}

	public void degrade() {
		this.strong = false;
		this.degraded = true;
	}

}
