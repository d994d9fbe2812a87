package com.foobar.database.routing;

import java.util.Locale;

/** Why a transaction runs where it runs. */
public enum RoutingReason {

	/** It may write, so it runs on the primary. */
	WRITE,

	/** It only reads, and a replica is known to have all it must see. */
	REPLICA,

	/** It only reads, and a replica had all it must see after a short wait. */
	CAUGHT_UP,

	/** It only reads, and every replica lacks something it must see. */
	BEHIND,

	/** It only reads, and no replica is fit. */
	NO_REPLICA,

	/** It only reads, and there is neither a replica nor a primary. */
	LEFTOVER;

	/** As it appears in metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
