package com.foobar.database.server;

import java.util.Locale;

/** Whether a transaction only reads or may also write. */
public enum AccessMode {

	READ, WRITE;

	/** Returns the name of this mode in pool names and metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
