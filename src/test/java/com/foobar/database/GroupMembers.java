package com.foobar.database;

import java.util.List;
import java.util.Optional;

import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mysql.MySQLContainer;

/**
 * Starts three members of a MySQL replication group with a single primary, lets them
 * join, cuts them off from each other, and finds the primary that they have elected.
 */
abstract class GroupMembers extends MySqlServers {

	static final int MAJORITY = 2;

	// This network publishes the members' ports. The members have no names on it.
	private static final Network clientNetwork = Network.newNetwork();

	private static final PeerNetwork peers = new PeerNetwork();

	static final List<MySQLContainer> members = List.of(member(1), member(2), member(3));

	static {
		Startables.deepStart(members).join();
		members.forEach(GroupMembers::prepare);
		MySQLContainer founder = members.getFirst();
		bootstrap(founder);
		createAccounts(founder);
		run(founder, "CREATE USER recovery@'%%' IDENTIFIED BY '%s'".formatted(PASSWORD),
				"GRANT REPLICATION SLAVE, CONNECTION_ADMIN ON *.* TO recovery@'%'");
		joinAllBut(founder);
		await("all members are ONLINE").until(GroupMembers::views, GroupMembers::allOnline);
	}

	// The group suspects a member that has not answered for 5 s. No option changes this
	// time. The group then expels the member at once. A member that has lost the majority
	// leaves the group 3 s later and tries once to join again. A member does not join
	// when it starts, because all members may have been down, and then there is no group
	// to join. The consistency is the default, BEFORE_ON_PRIMARY_FAILOVER: a new primary
	// answers only after it has applied every transaction that was acknowledged before.
	private static MySQLContainer member(int id) {
		return server(id, "--report-host=node-" + id, "--replica-preserve-commit-order=ON",
				"--plugin-load-add=group_replication.so",
				"--loose-group-replication-group-name=6f6f6261-7200-4000-8000-000000000000",
				"--loose-group-replication-local-address=node-" + id + ":33061",
				"--loose-group-replication-group-seeds=node-1:33061,node-2:33061,node-3:33061",
				"--loose-group-replication-start-on-boot=OFF", "--loose-group-replication-member-expel-timeout=0",
				"--loose-group-replication-unreachable-majority-timeout=3",
				"--loose-group-replication-autorejoin-tries=1",
				"--loose-group-replication-exit-state-action=OFFLINE_MODE",
				"--loose-group-replication-recovery-use-ssl=ON",
				"--loose-group-replication-recovery-reconnect-interval=1")
			.withNetwork(clientNetwork);
	}

	// Removes the transactions of the image's set-up, because the group does not have
	// them, and keeps the member read-only from its start until it has joined.
	private static void prepare(MySQLContainer member) {
		reconnect(member);
		run(member, "RESET BINARY LOGS AND GTIDS", "SET PERSIST super_read_only = ON", """
				CHANGE REPLICATION SOURCE TO SOURCE_USER = 'recovery', SOURCE_PASSWORD = '%s'
				  FOR CHANNEL 'group_replication_recovery'
				""".formatted(PASSWORD));
	}

	static void bootstrap(MySQLContainer member) {
		try {
			run(member, "SET GLOBAL group_replication_bootstrap_group = ON", "START GROUP_REPLICATION");
		}
		finally {
			run(member, "SET GLOBAL group_replication_bootstrap_group = OFF");
		}
	}

	// Waits until no other member lists the address, because the group rejects a member
	// whose address it still lists.
	static void join(MySQLContainer member) {
		await("no other member lists %s".formatted(name(member))).until(() -> members.stream()
			.noneMatch((other) -> other != member && GroupView.of(other).lists(name(member))));
		run(member, "START GROUP_REPLICATION");
	}

	// The members join one after the other, because joining at the same time takes
	// longer.
	static void joinAllBut(MySQLContainer founder) {
		members.stream().filter((member) -> member != founder).forEach(GroupMembers::join);
	}

	/** Makes a member the primary by a planned switchover. */
	static void switchTo(MySQLContainer member) {
		query(member, "SELECT group_replication_set_as_primary(@@server_uuid)");
	}

	/**
	 * Disconnects a member from the other two members. All other clients still reach it.
	 */
	static void cutOff(MySQLContainer member) {
		peers.disconnect(member);
	}

	/** Connects a member that was cut off with the other members again. */
	static void reconnect(MySQLContainer member) {
		peers.connect(member, name(member));
	}

	static boolean isCutOff(MySQLContainer member) {
		return !peers.connects(member);
	}

	/**
	 * Returns the member that a majority of the members reports as the primary. Waits for
	 * it at most 90 s. For some seconds, this may be a member that has just failed.
	 */
	static MySQLContainer primary() {
		return await("a majority reports a primary").until(GroupMembers::elected, Optional::isPresent).orElseThrow();
	}

	private static Optional<MySQLContainer> elected() {
		List<GroupView> views = views();
		return members.stream()
			.filter((member) -> views.stream().filter((view) -> view.hasPrimary(name(member))).count() >= MAJORITY)
			.findFirst();
	}

	/** Returns the view that each member has of the group. */
	static List<GroupView> views() {
		return members.stream().map(GroupView::of).toList();
	}

	static boolean allOnline(List<GroupView> views) {
		return views.stream().distinct().count() == 1 && views.getFirst().online() == members.size();
	}

	static String name(MySQLContainer member) {
		return "node-" + (members.indexOf(member) + 1);
	}

}
