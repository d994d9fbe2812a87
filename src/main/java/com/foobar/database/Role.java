package com.foobar.database;

/** What a server is at the moment, by its own word and that of its group. */
enum Role {

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
	 * A member of a group whose majority does not confirm what it says: cut off, frozen
	 * for a while, or no longer a member without knowing. It may still claim to be the
	 * primary, and what it would show is old.
	 */
	UNCONFIRMED,

	/**
	 * Answers, but applies nothing: its data ages while another server is written to.
	 */
	DETACHED,

	/** Did not answer in time. */
	UNKNOWN

}
