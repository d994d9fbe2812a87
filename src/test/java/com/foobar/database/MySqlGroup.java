package com.foobar.database;

import java.util.List;

import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.mysql.MySQLContainer;

/**
 * Provides three real MySQL servers in one replication group, which elects its primary.
 * The group starts once for all tests. As an initializer, this class sets the database
 * settings of an application context. A test that causes a fault must call
 * {@link #awaitOnline()} afterwards. Any member may then be the primary.
 */
public class MySqlGroup extends GroupMembers {

	/**
	 * Undoes every fault of a member, restarts the member, and lets it join the group.
	 */
	static void rejoin(MySQLContainer member) {
		undoFaultsAndKill(member);
		restart(member);
		join(member);
	}

	// Kills the member, because a member that has lost the others needs 30 s to leave the
	// group.
	private static void undoFaultsAndKill(MySQLContainer member) {
		undoFaults(member);
		if (isRunning(member)) {
			kill(member);
		}
	}

	private static void undoFaults(MySQLContainer member) {
		if (isFrozen(member)) {
			thaw(member);
		}
		if (isCutOff(member)) {
			reconnect(member);
		}
	}

	/**
	 * Restarts all members and bootstraps the group from the member that has the
	 * transactions of all members.
	 */
	static void restartAll() {
		members.forEach(MySqlGroup::undoFaultsAndKill);
		restart(members.toArray(MySQLContainer[]::new));
		MySQLContainer founder = mostComplete(members);
		bootstrap(founder);
		joinAllBut(founder);
	}

	/**
	 * Undoes every fault and waits at most 90 s until every member reports all members as
	 * ONLINE. Restarts and rejoins the members that have failed.
	 */
	static void awaitOnline() {
		members.forEach(MySqlGroup::undoFaults);
		await("all members are ONLINE").ignoreExceptionsInstanceOf(IllegalStateException.class)
			.until(MySqlGroup::repair, MySqlGroup::allOnline);
	}

	// Returns the views from before the repair.
	private static List<GroupView> repair() {
		List<GroupView> views = views();
		if (!allOnline(views)) {
			rejoinMissing(members.stream().filter(MySqlGroup::isMissing).toList());
		}
		return views;
	}

	private static void rejoinMissing(List<MySQLContainer> missing) {
		if (members.size() - missing.size() < MAJORITY) {
			restartAll();
		}
		else {
			missing.forEach(MySqlGroup::rejoin);
		}
	}

	private static boolean isMissing(MySQLContainer member) {
		return !isRunning(member) || GroupView.of(member).needsRejoin(name(member));
	}

	/**
	 * Waits at most 20 s for each member until it has applied everything that was written
	 * to the primary before this call.
	 */
	public static void awaitReplicas() {
		MySQLContainer primary = primary();
		members.forEach((member) -> awaitReplica(member, primary));
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		applySettings(context, members, primary());
	}

}
