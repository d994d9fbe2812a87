package com.foobar.database.server;

import java.time.Duration;
import java.util.Optional;

import com.foobar.database.topology.GtidSet;

/** GTID queries to one server. Implementations are safe for use by several threads. */
interface GtidQueries extends AutoCloseable {

	/**
	 * Waits until the server has executed the position.
	 * @return whether it has; false after the timeout, or if the server does not answer
	 */
	boolean await(GtidSet position, Duration timeout);

	/**
	 * Asks which transactions the server has executed. Empty if the server does not
	 * answer before the {@link com.foobar.database.Deadline} or does not accept writes.
	 */
	Optional<GtidSet> executed();

	@Override
	void close();

}
