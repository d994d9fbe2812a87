package com.foobar.database.topology;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the role of each server from what all of them said in one round. One server's
 * word is not enough: a primary that was frozen or cut off goes on calling itself that
 * for seconds while its group has already chosen another.
 */
public final class RoleResolver {

	private RoleResolver() {
	}

	/**
	 * The role of each server.
	 * @param reports by node; without those that did not answer
	 */
	public static Map<String, ServerRole> roles(Map<String, ProbeResult> reports) {
		return reports.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> role(entry.getValue(), reports.values())));
	}

	private static ServerRole role(ProbeResult report, Collection<ProbeResult> all) {
		return report.grouped() ? inGroup(report, all) : alone(report);
	}

	private static ServerRole alone(ProbeResult report) {
		if (report.writable()) {
			return ServerRole.PRIMARY;
		}
		return report.replicating() ? ServerRole.REPLICA : ServerRole.DETACHED;
	}

	// A server set up for a group is nothing without it, even one that accepts writes:
	// what it were given would never reach the others.
	private static ServerRole inGroup(ProbeResult report, Collection<ProbeResult> all) {
		if (!report.isOnline() || !report.seesMajority()) {
			return ServerRole.UNCONFIRMED;
		}
		if (!report.names(report.uuid())) {
			return ServerRole.REPLICA;
		}
		if (!isConfirmed(report, all)) {
			return ServerRole.UNCONFIRMED;
		}
		return report.writable() ? ServerRole.PRIMARY : ServerRole.PROMOTING;
	}

	private static boolean isConfirmed(ProbeResult primary, Collection<ProbeResult> all) {
		long votes = all.stream()
			.filter((report) -> report.names(primary.uuid()))
			.map(ProbeResult::uuid)
			.distinct()
			.count();
		return 2 * votes > primary.members().size();
	}

}
