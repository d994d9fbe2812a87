package com.foobar.database;

import java.time.Duration;
import java.util.List;

import org.testcontainers.mysql.MySQLContainer;

/**
 * What one member of a replication group knows of all of them.
 *
 * @param rows a line for each, such as {@code node-1 ONLINE PRIMARY}, with the member's
 * own marked when it turns clients away; none when it did not answer
 */
record GroupView(List<String> rows) {

	private static final String QUESTION = """
			SELECT GROUP_CONCAT(CONCAT_WS(' ', member_host, member_state, NULLIF(member_role, ''),
			         IF(member_id = @@server_uuid AND @@offline_mode, 'in OFFLINE_MODE', NULL)) ORDER BY member_host)
			  FROM performance_schema.replication_group_members
			""";

	static GroupView of(MySQLContainer member) {
		try {
			String answer = MySqlStatements.ask(member, QUESTION, Duration.ofSeconds(1));
			return new GroupView(List.of(answer.split(",")));
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

	/** Whether a member has left and will not come back by itself. */
	boolean hasLost(String name) {
		List<String> trying = List.of(name + " ERROR");
		return !this.rows.equals(trying)
				&& this.rows.stream().anyMatch((row) -> row.matches(name + " (OFFLINE|ERROR)\\b.*"));
	}

	boolean lists(String name) {
		return this.rows.stream().anyMatch((row) -> row.startsWith(name + " "));
	}

	/** How many members take part in full. */
	long online() {
		return this.rows.stream().filter((row) -> row.matches("\\S+ ONLINE \\w+")).count();
	}

	@Override
	public String toString() {
		return this.rows.toString();
	}

}
