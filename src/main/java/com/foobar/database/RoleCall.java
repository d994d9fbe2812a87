package com.foobar.database;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the role of each server from what all of them said in one round. One server's
 * word is not enough: a primary that was frozen or cut off goes on calling itself that
 * for seconds while its group has already chosen another.
 */
final class RoleCall {

	private RoleCall() {
	}

	/**
	 * The role of each server.
	 * @param reports by node; without those that did not answer
	 */
	static Map<String, Role> roles(Map<String, Report> reports) {
		return reports.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> role(entry.getValue(), reports.values())));
	}

	private static Role role(Report report, Collection<Report> all) {
		return report.grouped() ? inGroup(report, all) : alone(report);
	}

	private static Role alone(Report report) {
		if (report.writable()) {
			return Role.PRIMARY;
		}
		return report.replicating() ? Role.REPLICA : Role.DETACHED;
	}

	// A server set up for a group is nothing without it, even one that accepts writes:
	// what it were given would never reach the others.
	private static Role inGroup(Report report, Collection<Report> all) {
		if (!report.isOnline() || !report.seesMajority()) {
			return Role.UNCONFIRMED;
		}
		if (!report.names(report.uuid())) {
			return Role.REPLICA;
		}
		if (!isConfirmed(report, all)) {
			return Role.UNCONFIRMED;
		}
		return report.writable() ? Role.PRIMARY : Role.PROMOTING;
	}

	private static boolean isConfirmed(Report primary, Collection<Report> all) {
		long votes = all.stream().filter((report) -> report.names(primary.uuid())).map(Report::uuid).distinct().count();
		return 2 * votes > primary.members().size();
	}

}
