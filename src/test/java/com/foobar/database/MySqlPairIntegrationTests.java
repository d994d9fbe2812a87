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

/** Tests a primary and its replica when they are delayed, killed or frozen. */
class MySqlPairIntegrationTests {

	private static final MySQLContainer first = MySqlPair.first;

	private static final MySQLContainer second = MySqlPair.second;

	// The table has its own schema, because migrations expect the site's schema to be
	// empty.
	@BeforeAll
	static void createTable() {
		MySqlPair.run(first, "CREATE SCHEMA proof", "CREATE TABLE proof.marks (mark INT PRIMARY KEY)");
		MySqlPair.awaitReplicas();
	}

	@AfterAll
	static void dropTable() {
		MySqlPair.run(first, "DROP SCHEMA proof");
		MySqlPair.awaitReplicas();
	}

	@AfterEach
	void restoreRoles() {
		MySqlPair.follow(second, first);
		MySqlPair.run(first, "DELETE FROM proof.marks");
	}

	@Test
	void delayedReplicaShowsAWriteAfterTheDelay() {
		MySqlPair.delay(Duration.ofSeconds(3));
		write();
		Awaitility.await().during(Duration.ofSeconds(1)).until(() -> marks(second), "0"::equals);
		Awaitility.await().until(() -> marks(second), "1"::equals);
		MySqlPair.delay(Duration.ZERO);
		assertThat(MySqlPair.query(second,
				"SELECT desired_delay FROM performance_schema.replication_applier_configuration"))
			.isEqualTo("0");
	}

	@Test
	void killedReplicaIsAReplicaAfterItsRestart() {
		MySqlPair.kill(second);
		assertThatIllegalStateException().isThrownBy(() -> marks(second));
		write();
		MySqlPair.restart(second);
		assertThat(MySqlPair.query(second, "SELECT @@global.super_read_only")).isEqualTo("1");
		MySqlPair.awaitReplicas();
		assertThat(marks(second)).isEqualTo("1");
	}

	@Test
	void killedPrimaryIsThePrimaryAfterItsRestart() {
		MySqlPair.kill(first);
		assertThatIllegalStateException().isThrownBy(() -> marks(first));
		MySqlPair.restart(first);
		write();
		MySqlPair.awaitReplicas();
		assertThat(marks(second)).isEqualTo("1");
	}

	@Test
	void frozenServerDoesNotAnswerUntilItThaws() {
		MySqlPair.freeze(second);
		try {
			assertThatIllegalStateException()
				.isThrownBy(() -> MySqlPair.query(second, "SELECT 1", Duration.ofSeconds(1)));
			write();
		}
		finally {
			MySqlPair.thaw(second);
		}
		MySqlPair.awaitReplicas();
		assertThat(marks(second)).isEqualTo("1");
	}

	private static void write() {
		MySqlPair.run(first, "INSERT INTO proof.marks VALUES (1)");
	}

	private static String marks(MySQLContainer server) {
		return MySqlPair.query(server, "SELECT COUNT(*) FROM proof.marks");
	}

}
