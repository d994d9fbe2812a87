package com.foobar.database;

import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a server is healthy, but all connections that may be open to it are in use
 * (also ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS and ER_USER_LIMIT_REACHED). A
 * retry would only make the queue longer. Nothing was sent to the server.
 */
public class PoolExhaustedException extends SQLTransientConnectionException {

	public PoolExhaustedException(@Nullable String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
