package com.foobar.database;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What a primary and its replica do when they are delayed, killed and frozen. */
class MySqlPairIntegrationTests {

	private static final MySQLContainer first = MySqlPair.first;

	private static final MySQLContainer second = MySqlPair.second;

	// In a schema of its own: the site's is found empty by whoever migrates it.
	@BeforeAll
	static void createTable() {
		MySqlPair.run(first, "CREATE SCHEMA proof", "CREATE TABLE proof.marks (mark INT PRIMARY KEY)");
		MySqlPair.catchUp();
	}

	@AfterAll
	static void dropTable() {
		MySqlPair.run(first, "DROP SCHEMA proof");
		MySqlPair.catchUp();
	}

	@AfterEach
	void putRolesBack() {
		MySqlPair.follow(second, first);
		MySqlPair.run(first, "DELETE FROM proof.marks");
	}

	@Test
	void delayedReplicaShowsAWriteThatMuchLater() {
		MySqlPair.delay(Duration.ofSeconds(3));
		write();
		Awaitility.await().during(Duration.ofSeconds(1)).until(() -> marks(second), "0"::equals);
		Awaitility.await().until(() -> marks(second), "1"::equals);
		MySqlPair.delay(Duration.ZERO);
		assertThat(
				MySqlPair.ask(second, "SELECT desired_delay FROM performance_schema.replication_applier_configuration"))
			.isEqualTo("0");
	}

	@Test
	void killedReplicaComesBackAsOne() {
		MySqlPair.kill(second);
		assertThatIllegalStateException().isThrownBy(() -> marks(second));
		write();
		MySqlPair.revive(second);
		assertThat(MySqlPair.ask(second, "SELECT @@global.super_read_only")).isEqualTo("1");
		MySqlPair.catchUp();
		assertThat(marks(second)).isEqualTo("1");
	}

	@Test
	void killedPrimaryComesBackAsOne() {
		MySqlPair.kill(first);
		assertThatIllegalStateException().isThrownBy(() -> marks(first));
		MySqlPair.revive(first);
		write();
		MySqlPair.catchUp();
		assertThat(marks(second)).isEqualTo("1");
	}

	@Test
	void frozenServerIsSilentUntilItThaws() {
		MySqlPair.freeze(second);
		try {
			assertThatIllegalStateException()
				.isThrownBy(() -> MySqlPair.ask(second, "SELECT 1", Duration.ofSeconds(1)));
			write();
		}
		finally {
			MySqlPair.thaw(second);
		}
		MySqlPair.catchUp();
		assertThat(marks(second)).isEqualTo("1");
	}

	private static void write() {
		MySqlPair.run(first, "INSERT INTO proof.marks VALUES (1)");
	}

	private static String marks(MySQLContainer server) {
		return MySqlPair.ask(server, "SELECT COUNT(*) FROM proof.marks");
	}

}
