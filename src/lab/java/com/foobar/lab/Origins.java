package com.foobar.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which servers executed the site's transactions first, as the binary log of one that has
 * them all tells. Each keeps the id of its origin, wherever it is applied; so where there
 * was one primary after the other, and never two, each origin stands there once.
 */
final class Origins {

	private static final Pattern TRANSACTION = Pattern
		.compile(" server id (\\d+) .*\tGTID\t.*\\boriginal_committed_timestamp=(\\d+)");

	// What operators and the server itself write is nobody's business here.
	private static final Pattern CHANGE = Pattern.compile("\tTable_map: `foobar`\\.");

	private Origins() {
	}

	/**
	 * The server ids in the log's order, each as often as it takes over from another.
	 * @param log what mysqlbinlog prints
	 * @param began milliseconds since 1970: what was committed earlier is skipped
	 */
	static List<Integer> of(String log, long began) {
		List<Integer> origins = new ArrayList<>();
		Matcher current = TRANSACTION.matcher("");
		for (String line : log.lines().toList()) {
			Matcher transaction = TRANSACTION.matcher(line);
			if (transaction.find()) {
				current = transaction;
			}
			else if (CHANGE.matcher(line).find() && Long.parseLong(current.group(2)) >= began * 1000) {
				note(Integer.parseInt(current.group(1)), origins);
			}
		}
		return origins;
	}

	private static void note(int origin, List<Integer> origins) {
		if (origins.isEmpty() || origins.getLast() != origin) {
			origins.add(origin);
		}
	}

}
