package com.foobar.database.server;

import java.util.Optional;

import com.foobar.database.topology.ProbeResult;

/** Asks one server what it is. */
interface Probe extends AutoCloseable {

	/** The name of the server. */
	String node();

	/**
	 * What the server says; nothing if it does not answer, or says what cannot be read.
	 */
	Optional<ProbeResult> ask();

	/** Why the last question was not answered; empty if it was. */
	String complaint();

	@Override
	void close();

}
