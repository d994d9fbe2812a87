package com.foobar.benchmark;

import java.util.Locale;

/** The ways to run a read-only transaction on the replica that are compared. */
enum Contender {

	/**
	 * The least that JDBC can do, which the others are measured by: a pool of the replica
	 * that has everything preset, under Spring's transactions, and nothing in between.
	 */
	DIRECT("the replica's pool, everything preset"),

	/** The site as it is. */
	ROUTED("this site"),

	/** What Spring offers for the purpose, on pools as they come. */
	SPRING("setReadOnlyDataSource, default pools"),

	/** What is usually written, on pools as they come. */
	NAIVE("AbstractRoutingDataSource, default pools");

	private final String description;

	Contender(String description) {
		this.description = description;
	}

	/**
	 * Whose turn it is: forwards in one round and backwards in the next, so that a
	 * machine that gets slower favours nobody, and those that matter most side by side.
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
