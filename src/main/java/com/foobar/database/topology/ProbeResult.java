package com.foobar.database.topology;

import java.util.List;

/**
 * What a server said of itself when asked.
 *
 * @param uuid who it is to other servers
 * @param writable whether it accepts writes from the site's account
 * @param replicating whether it applies, or tries to, what another server sends it
 * @param executed all it has executed; empty on a server without GTIDs
 * @param grouped whether it is set up for a replication group, be it a member now or not
 * @param members the group, as it sees it; empty outside of one
 * @param maxConnections how many it allows
 */
public record ProbeResult(String uuid, boolean writable, boolean replicating, GtidSet executed, boolean grouped,
		List<Member> members, int maxConnections) {

	/** Whether it is, in its own view, a working member of its group. */
	boolean isOnline() {
		return this.members.stream().anyMatch((member) -> member.online() && member.uuid().equals(this.uuid));
	}

	/** Whether it reaches more than half of its group, itself included. */
	boolean seesMajority() {
		return 2 * this.members.stream().filter(Member::reachable).count() > this.members.size();
	}

	/** Whether it takes that server for the primary of its group. */
	boolean names(String primary) {
		return this.members.stream()
			.anyMatch((member) -> member.primary() && member.online() && member.uuid().equals(primary));
	}

	/**
	 * A member of a group, as another one sees it.
	 *
	 * @param state as in {@code performance_schema.replication_group_members}
	 */
	public record Member(String uuid, String state, boolean primary) {

		boolean online() {
			return this.state.equals("ONLINE");
		}

		boolean reachable() {
			return online() || this.state.equals("RECOVERING");
		}

	}

}
