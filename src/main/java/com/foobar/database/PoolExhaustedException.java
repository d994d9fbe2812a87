package com.foobar.database;

import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;

/**
 * A server is well, and all connections that may be open to it are in use. To ask again
 * would only make the queue longer. Nothing was sent.
 */
public class PoolExhaustedException extends SQLTransientConnectionException {

	public PoolExhaustedException(@Nullable String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
