package com.foobar.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

/** The three members of the replication group, as they see each other. */
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

	/** The primary, once all members are there and agree. */
	static String awaitPrimary() {
		Awaitility.await("all members to be online")
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> MEMBERS.stream().allMatch((member) -> said(member, ONLINE).equals("3")));
		return primary().orElseThrow();
	}

	/**
	 * A primary that mysql-agent keeps from taking writes. A commit that waits for room
	 * keeps it open: MySQL looks for room again each minute.
	 */
	static String awaitReadOnlyPrimary() {
		return Awaitility.await("a primary that takes no writes")
			.atMost(Duration.ofSeconds(90))
			.until(() -> primary().filter(SmallDisk::isReadOnly), Optional::isPresent)
			.orElseThrow();
	}

	static void awaitOtherPrimaryThan(String before) {
		Awaitility.await("another primary than " + before)
			.atMost(Duration.ofMinutes(1))
			.until(() -> primary().filter((primary) -> !primary.equals(before)).isPresent());
	}

	// One that is cut off still takes itself for the primary.
	private static Optional<String> primary() {
		return MEMBERS.stream()
			.map((member) -> said(member, PRIMARY))
			.filter((primary) -> !primary.isEmpty())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
			.entrySet()
			.stream()
			.filter((votes) -> votes.getValue() > MEMBERS.size() / 2)
			.map(Map.Entry::getKey)
			.findFirst();
	}

	// Nothing where it is not running, or frozen.
	private static String said(String member, String query) {
		try {
			return Lab.ask(member, query);
		}
		catch (IllegalStateException ex) {
			return "";
		}
	}

}
