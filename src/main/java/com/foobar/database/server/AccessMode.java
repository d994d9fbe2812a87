package com.foobar.database.server;

import java.util.Locale;

/** What a transaction may do. */
public enum AccessMode {

	READ, WRITE;

	/** As it appears in pool names and metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
