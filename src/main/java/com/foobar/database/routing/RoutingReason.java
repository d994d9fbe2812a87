package com.foobar.database.routing;

import java.util.Locale;

/** Why a transaction runs on its server. */
public enum RoutingReason {

	/** The transaction may write, so it runs on the primary. */
	WRITE,

	/** It is read-only, and a replica is known to have the visitor's position. */
	REPLICA,

	/** It is read-only, and a replica reached the visitor's position after a wait. */
	CAUGHT_UP,

	/**
	 * It is read-only, and runs on the primary because every replica is behind the
	 * visitor's position.
	 */
	BEHIND,

	/** It is read-only, and runs on the primary because no replica is usable. */
	NO_REPLICA,

	/**
	 * It is read-only, and there is no primary. No replica is known to have the visitor's
	 * position, but a server that is not a replica has it.
	 */
	NO_PRIMARY;

	/** The value of the tag in metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
