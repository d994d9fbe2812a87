package com.foobar.database.topology;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Determines the role of each server from the probe results of all servers in one round.
 * The result of one server is not enough, because a primary that was frozen or cut off
 * still reports itself as primary for seconds after its group has elected another one.
 */
public final class RoleResolver {

	private RoleResolver() {
	}

	/**
	 * Returns the role of each server that answered.
	 * @param results the probe results by node, without the servers that did not answer
	 */
	public static <N> Map<N, ServerRole> roles(Map<N, ProbeResult> results) {
		return results.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> role(entry.getValue(), results.values())));
	}

	private static ServerRole role(ProbeResult result, Collection<ProbeResult> all) {
		return result.groupConfigured() ? inGroup(result, all) : withoutGroup(result);
	}

	private static ServerRole withoutGroup(ProbeResult result) {
		if (result.writable()) {
			return ServerRole.PRIMARY;
		}
		return result.replicating() ? ServerRole.REPLICA : ServerRole.DETACHED;
	}

	// A server that is configured for a group gets no role outside of it, even if it
	// accepts writes, because such writes would never reach the other members.
	private static ServerRole inGroup(ProbeResult result, Collection<ProbeResult> all) {
		if (!result.isOnline() || !result.reachesMajority()) {
			return ServerRole.UNCONFIRMED;
		}
		if (!result.namesPrimary(result.uuid())) {
			return ServerRole.REPLICA;
		}
		if (!isConfirmed(result, all)) {
			return ServerRole.UNCONFIRMED;
		}
		return result.writable() ? ServerRole.PRIMARY : ServerRole.PROMOTING;
	}

	private static boolean isConfirmed(ProbeResult primary, Collection<ProbeResult> all) {
		long votes = all.stream()
			.filter((result) -> result.namesPrimary(primary.uuid()))
			.map(ProbeResult::uuid)
			.distinct()
			.count();
		return 2 * votes > primary.members().size();
	}

}
