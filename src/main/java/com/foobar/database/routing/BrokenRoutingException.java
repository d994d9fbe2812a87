package com.foobar.database.routing;

/**
 * Transactions do not arrive at the {@link RoutingDataSource} as what they are. Thrown by
 * {@link RoutingCheck} at start, so that no read ever runs on the wrong server unnoticed.
 */
class BrokenRoutingException extends RuntimeException {

	BrokenRoutingException(boolean readOnly, boolean nowhere, Class<?> dataSource, Class<?> transactions) {
		super("A %s transaction %s. The data source is a [%s], the transaction manager a [%s]".formatted(
				readOnly ? "read-only" : "writing",
				nowhere ? "does not reach the routing data source"
						: "asks for its connection before Spring has said whether it only reads",
				dataSource.getName(), transactions.getName()));
	}

}
