package com.foobar.database.server;

import java.util.Optional;

import com.foobar.database.topology.ProbeResult;

/** Queries the role and the executed transactions of one server. */
interface Probe extends AutoCloseable {

	/**
	 * Queries the server. Empty if it does not respond, or if its response cannot be
	 * parsed.
	 */
	Optional<ProbeResult> run();

	/** Returns why the last probe failed; empty if it succeeded. */
	String error();

	@Override
	void close();

}
