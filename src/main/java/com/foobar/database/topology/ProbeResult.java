package com.foobar.database.topology;

import java.util.List;

/**
 * Report of a server about itself, as the answer to one probe.
 *
 * @param uuid the server's UUID ({@code server_uuid})
 * @param writable whether the server accepts writes from the site's account
 * @param replicating whether the server applies, or tries to apply, the transactions of
 * another server
 * @param executed all transactions that the server has executed; empty on a server
 * without GTIDs
 * @param groupConfigured whether the server is configured for a replication group, even
 * if it is not a member now
 * @param members the members of the group as the server sees them; empty outside of a
 * group
 * @param maxConnections the server's {@code max_connections}
 */
public record ProbeResult(String uuid, boolean writable, boolean replicating, GtidSet executed, boolean groupConfigured,
		List<Member> members, int maxConnections) {

	/** Whether the server sees itself as an ONLINE member of its group. */
	boolean isOnline() {
		return this.members.stream().anyMatch((member) -> member.online() && member.uuid().equals(this.uuid));
	}

	/** Whether the server reaches more than half of its group, itself included. */
	boolean reachesMajority() {
		return 2 * this.members.stream().filter(Member::reachable).count() > this.members.size();
	}

	/** Whether the server names the one with that UUID as the primary of its group. */
	boolean namesPrimary(String uuid) {
		return this.members.stream()
			.anyMatch((member) -> member.primary() && member.online() && member.uuid().equals(uuid));
	}

	/**
	 * Member of a replication group, as the probed server sees it.
	 *
	 * @param state the {@code member_state} in
	 * {@code performance_schema.replication_group_members}
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
