package com.foobar.benchmark;

import java.util.Locale;

/** A compared way to run a read-only transaction on the replica. */
enum Contender {

	/**
	 * The minimum that JDBC needs, to which the others are compared: a pool of the
	 * replica with all properties preset, under Spring's transactions, with nothing in
	 * between.
	 */
	DIRECT("the replica's pool, everything preset"),

	/** The site as it is. */
	ROUTED("this site"),

	/** Spring's own solution, on pools with their default properties. */
	SPRING("setReadOnlyDataSource, default pools"),

	/** The usual solution, on pools with their default properties. */
	NAIVE("AbstractRoutingDataSource, default pools");

	private final String description;

	Contender(String description) {
		this.description = description;
	}

	/**
	 * Returns the contender of an iteration. One round runs forwards and the next one
	 * backwards, so that a machine that gets slower favours no contender. The most
	 * important contenders are next to each other.
	 */
	static Contender turn(int iteration) {
		Contender[] all = values();
		int place = iteration % all.length;
		boolean forwards = iteration / all.length % 2 == 0;
		return all[forwards ? place : all.length - 1 - place];
	}

	@Override
	public String toString() {
		return "%-8s%-42s".formatted(name().toLowerCase(Locale.ROOT), this.description);
	}

}
