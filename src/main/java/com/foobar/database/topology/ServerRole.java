package com.foobar.database.topology;

import java.util.Locale;

/** Current role of a server, by its own report and those of its group. */
public enum ServerRole {

	/** Accepts writes. */
	PRIMARY,

	/** Refuses writes and applies those of the primary. */
	REPLICA,

	/**
	 * Elected as primary by its group, but still applying transactions of the former
	 * primary. Until it is done, neither reads nor writes go to it, because reads would
	 * hang.
	 */
	PROMOTING,

	/**
	 * Configured for a group, but not confirmed by its majority: the server was frozen,
	 * or is cut off, recovering, or no longer a member. It may still report itself as
	 * primary, and its data may be old.
	 */
	UNCONFIRMED,

	/**
	 * Answers, but neither accepts writes nor applies those of another server, so its
	 * data gets old while another server accepts writes.
	 */
	DETACHED,

	/** Did not answer the last probe in time. */
	UNKNOWN;

	/** Returns the name of this role in metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
