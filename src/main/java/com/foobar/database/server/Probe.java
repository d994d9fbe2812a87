package com.foobar.database.server;

import java.util.Optional;

import com.foobar.database.topology.ProbeResult;

/** Asks one server about its role and its executed transactions. */
interface Probe extends AutoCloseable {

	/**
	 * Asks the server. Empty if it does not answer, or if its answer cannot be parsed.
	 */
	Optional<ProbeResult> ask();

	/** Returns why the last probe failed; empty if it succeeded. */
	String error();

	@Override
	void close();

}
