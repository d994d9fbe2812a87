package com.foobar.web;

/** Names of the headers that carry a client's consistency token. */
public final class ConsistencyHeaders {

	/** On requests and responses: the token that holds the client's position. */
	public static final String TOKEN = "Consistency-Token";

	/** On responses that may be too old, because there was no primary. */
	public static final String DEGRADED = "Consistency-Degraded";

	private ConsistencyHeaders() {
	}

}
