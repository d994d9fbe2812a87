package com.foobar.database;

import java.util.List;

import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.mysql.MySQLContainer;

/**
 * Three real MySQL servers in one replication group, which chooses its primary itself.
 * Started once for all tests; points a context that is initialised with it at the group.
 * Whoever breaks something calls {@link #awaitOnline()} afterwards. Which member is the
 * primary then, nobody may rely on.
 */
public class MySqlGroup extends GroupMembers {

	/** Starts a member again, whatever befell it, and lets it join the group. */
	static void rejoin(MySQLContainer member) {
		stop(member);
		revive(member);
		join(member);
	}

	// By force: a member that has lost the others takes half a minute to leave the group.
	private static void stop(MySQLContainer member) {
		undo(member);
		if (isRunning(member)) {
			kill(member);
		}
	}

	private static void undo(MySQLContainer member) {
		if (isFrozen(member)) {
			thaw(member);
		}
		if (isCutOff(member)) {
			heal(member);
		}
	}

	/** Starts all members again, and the group from the one that holds every write. */
	static void restartAll() {
		members.forEach(MySqlGroup::stop);
		revive(members.toArray(MySQLContainer[]::new));
		MySQLContainer founder = mostComplete(members);
		bootstrap(founder);
		joinAllBut(founder);
	}

	/** Undoes every fault, and returns when all members agree that all are online. */
	static void awaitOnline() {
		members.forEach(MySqlGroup::undo);
		await("all members online").ignoreExceptionsInstanceOf(IllegalStateException.class)
			.until(MySqlGroup::mend, MySqlGroup::allOnline);
	}

	private static List<GroupView> mend() {
		List<GroupView> views = views();
		if (!allOnline(views)) {
			bringBack(members.stream().filter(MySqlGroup::isGone).toList());
		}
		return views;
	}

	private static void bringBack(List<MySQLContainer> gone) {
		if (members.size() - gone.size() < MAJORITY) {
			restartAll();
		}
		else {
			gone.forEach(MySqlGroup::rejoin);
		}
	}

	private static boolean isGone(MySQLContainer member) {
		return !isRunning(member) || GroupView.of(member).hasLost(name(member));
	}

	/** Returns when every member holds what was written to the primary until now. */
	public static void catchUp() {
		MySQLContainer primary = primary();
		members.forEach((member) -> catchUp(member, primary));
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		point(context, members, primary());
	}

}
