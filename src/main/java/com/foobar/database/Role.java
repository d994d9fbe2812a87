package com.foobar.database;

/** What a server said of itself when last asked. */
enum Role {

	/** Accepts writes. */
	PRIMARY,

	/** Refuses writes and applies the primary's. */
	REPLICA,

	/**
	 * Answers, but refuses writes and applies none: its data ages while another server is
	 * written to.
	 */
	DETACHED,

	/** Did not answer in time. */
	UNKNOWN

}
