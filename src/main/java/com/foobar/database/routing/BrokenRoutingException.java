package com.foobar.database.routing;

/**
 * Thrown by {@link RoutingCheck} at start if the {@link RoutingDataSource} does not see
 * whether a transaction is read-only, so that no read runs on the wrong server unnoticed.
 */
class BrokenRoutingException extends RuntimeException {

	BrokenRoutingException(boolean readOnly, boolean notRouted, Class<?> dataSource, Class<?> transactionManager) {
		super("A %s transaction %s. The data source is a [%s], the transaction manager a [%s]".formatted(
				readOnly ? "read-only" : "writing",
				notRouted ? "does not reach the routing data source"
						: "asks for its connection before Spring has said whether it only reads",
				dataSource.getName(), transactionManager.getName()));
	}

}
