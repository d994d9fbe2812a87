package com.foobar.database.topology;

import java.util.Locale;

/** What a server is at the moment, by its own word and that of its group. */
public enum ServerRole {

	/** Accepts writes. */
	PRIMARY,

	/** Refuses writes and applies the primary's. */
	REPLICA,

	/**
	 * Elected primary by its group, still applying what the last one left. Until it is
	 * done, neither reads nor writes go there: reads would hang.
	 */
	PROMOTING,

	/**
	 * Set up for a group whose majority does not confirm that it is well: frozen for a
	 * while, cut off, recovering, or no longer a member. It may still claim to be the
	 * primary, and what it would show may be old.
	 */
	UNCONFIRMED,

	/**
	 * Answers, but applies nothing: its data ages while another server is written to.
	 */
	DETACHED,

	/** Did not answer in time. */
	UNKNOWN;

	/** As it appears in metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
