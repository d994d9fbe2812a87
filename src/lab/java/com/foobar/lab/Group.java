package com.foobar.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

/** Finds the state of the replication group that its three members report. */
final class Group {

	static final List<String> MEMBERS = List.of("web-01", "web-02", "ops-01");

	private static final String PRIMARY = """
			SELECT member_host FROM performance_schema.replication_group_members
			 WHERE member_role = 'PRIMARY' AND member_state = 'ONLINE'
			""";

	private static final String ONLINE = """
			SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE member_state = 'ONLINE'
			""";

	private Group() {
	}

	/**
	 * Waits until each member reports all members as online, for two minutes at most, and
	 * returns the primary.
	 */
	static String awaitPrimary() {
		Awaitility.await("all members are online")
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> MEMBERS.stream().allMatch((member) -> sqlOrEmpty(member, ONLINE).equals("3")));
		return primary().orElseThrow();
	}

	/**
	 * Waits until mysql-agent has made the primary read-only, for 90 seconds at most, and
	 * returns the primary. A commit that waits for disk space keeps MySQL from becoming
	 * read-only, and MySQL looks for space only once a minute.
	 */
	static String awaitReadOnlyPrimary() {
		return Awaitility.await("the primary is read-only")
			.atMost(Duration.ofSeconds(90))
			.until(() -> primary().filter(SmallDisk::isReadOnly), Optional::isPresent)
			.orElseThrow();
	}

	/** Waits until the group has another primary than before, for one minute at most. */
	static void awaitOtherPrimaryThan(String former) {
		Awaitility.await("another server than %s is the primary".formatted(former))
			.atMost(Duration.ofMinutes(1))
			.until(() -> primary().filter((primary) -> !primary.equals(former)).isPresent());
	}

	// The majority decides: a member that is cut off still reports itself as the primary.
	private static Optional<String> primary() {
		return MEMBERS.stream()
			.map((member) -> sqlOrEmpty(member, PRIMARY))
			.filter((primary) -> !primary.isEmpty())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
			.entrySet()
			.stream()
			.filter((votes) -> votes.getValue() > MEMBERS.size() / 2)
			.map(Map.Entry::getKey)
			.findFirst();
	}

	// Returns an empty string if the member's MySQL does not run, or is frozen.
	private static String sqlOrEmpty(String member, String query) {
		try {
			return Lab.sql(member, query);
		}
		catch (IllegalStateException ex) {
			return "";
		}
	}

}
