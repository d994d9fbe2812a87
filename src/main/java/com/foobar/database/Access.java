package com.foobar.database;

import java.util.Locale;

/** What a transaction may do. */
enum Access {

	READ, WRITE;

	/** As it appears in pool names and metrics. */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
