package com.foobar.database;

import java.util.List;

import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.mysql.MySQLContainer;

/**
 * Three real MySQL servers in one replication group, which elects its primary. The group
 * starts once for all tests. As an initializer this class sets the database settings of a
 * context. A test that causes a fault calls {@link #awaitOnline()} afterwards. Any member
 * may then be the primary.
 */
public class MySqlGroup extends GroupMembers {

	/** Restarts a member after any fault and lets it join the group. */
	static void rejoin(MySQLContainer member) {
		stop(member);
		revive(member);
		join(member);
	}

	// Kills the member, because one that lost the others takes 30 s to leave the group.
	private static void stop(MySQLContainer member) {
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
			heal(member);
		}
	}

	/** Restarts all members, and bootstraps the group from the one with all writes. */
	static void restartAll() {
		members.forEach(MySqlGroup::stop);
		revive(members.toArray(MySQLContainer[]::new));
		MySQLContainer founder = mostComplete(members);
		bootstrap(founder);
		joinAllBut(founder);
	}

	/** Undoes every fault and waits until all members see all members ONLINE. */
	static void awaitOnline() {
		members.forEach(MySqlGroup::undoFaults);
		await("all members online").ignoreExceptionsInstanceOf(IllegalStateException.class)
			.until(MySqlGroup::repair, MySqlGroup::allOnline);
	}

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
		return !isRunning(member) || GroupView.of(member).hasLost(name(member));
	}

	/** Waits until every member has what was written to the primary until now. */
	public static void awaitReplicas() {
		MySQLContainer primary = primary();
		members.forEach((member) -> awaitReplica(member, primary));
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		point(context, members, primary());
	}

}
