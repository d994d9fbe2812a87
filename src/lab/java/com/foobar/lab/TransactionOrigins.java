package com.foobar.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the servers on which the site's transactions were first executed, in the binary
 * log of a server that has all of them. Each transaction keeps the server id of its
 * origin wherever it is applied. If one primary followed the other and there were never
 * two at once, the result contains each of them once.
 */
final class TransactionOrigins {

	private static final Pattern TRANSACTION = Pattern
		.compile(" server id (\\d+) .*\tGTID\t.*\\boriginal_committed_timestamp=(\\d+)");

	// Transactions of operators and of MySQL itself are ignored.
	private static final Pattern CHANGE = Pattern.compile("\tTable_map: `foobar`\\.");

	private TransactionOrigins() {
	}

	/**
	 * Returns the server ids in the log's order, one for each time that the origin
	 * changes.
	 * @param log the output of mysqlbinlog
	 * @param began milliseconds since 1970; earlier transactions are skipped
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
				addIfChanged(Integer.parseInt(current.group(1)), origins);
			}
		}
		return origins;
	}

	private static void addIfChanged(int origin, List<Integer> origins) {
		if (origins.isEmpty() || origins.getLast() != origin) {
			origins.add(origin);
		}
	}

}
