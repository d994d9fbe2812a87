package com.foobar.web;

/** Names of the headers that carry a client's consistency token. */
public final class ConsistencyHeaders {

	/** On requests and responses: the position in the database's history. */
	public static final String TOKEN = "Consistency-Token";

	/** On responses that may be older than they should be, for lack of a primary. */
	public static final String DEGRADED = "Consistency-Degraded";

	private ConsistencyHeaders() {
	}

}
