package com.foobar.database.connection;

import java.util.Locale;

/** Whether a transaction only reads or may also write. */
public enum AccessMode {

	/** The transaction only reads. */
	READ,

	/** The transaction may also write. */
	WRITE;

	/** Returns the name of this mode in pool names and metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
