package com.foobar.database;

import java.time.Duration;
import java.util.List;

import org.testcontainers.mysql.MySQLContainer;

/**
 * View that one member of a replication group has of all members.
 *
 * @param rows one row for each member, such as {@code node-1 ONLINE PRIMARY}. The row of
 * the member itself ends with {@code in OFFLINE_MODE} if the member is in that mode. The
 * list is empty if the member did not answer.
 */
record GroupView(List<String> rows) {

	private static final String QUERY = """
			SELECT GROUP_CONCAT(CONCAT_WS(' ', member_host, member_state, NULLIF(member_role, ''),
			         IF(member_id = @@server_uuid AND @@offline_mode, 'in OFFLINE_MODE', NULL)) ORDER BY member_host)
			  FROM performance_schema.replication_group_members
			""";

	/** Asks a member for its view and waits at most 1 s for the answer. */
	static GroupView of(MySQLContainer member) {
		try {
			String members = MySqlStatements.query(member, QUERY, Duration.ofSeconds(1));
			return new GroupView(List.of(members.split(",")));
		}
		catch (IllegalStateException ex) {
			return new GroupView(List.of());
		}
	}

	boolean isKnown() {
		return !this.rows.isEmpty();
	}

	boolean hasPrimary(String name) {
		return this.rows.contains(name + " ONLINE PRIMARY");
	}

	/** Returns whether a member has left the group and will not join again by itself. */
	boolean needsRejoin(String name) {
		List<String> rejoining = List.of(name + " ERROR");
		return !this.rows.equals(rejoining)
				&& this.rows.stream().anyMatch((row) -> row.matches(name + " (OFFLINE|ERROR)\\b.*"));
	}

	boolean lists(String name) {
		return this.rows.stream().anyMatch((row) -> row.startsWith(name + " "));
	}

	/** Returns the number of ONLINE members. */
	long online() {
		return this.rows.stream().filter((row) -> row.matches("\\S+ ONLINE \\w+")).count();
	}

	@Override
	public String toString() {
		return this.rows.toString();
	}

}
