package com.foobar.lab;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests how a changed setting of MySQL is applied: the servers that do not take the
 * writes restart first, and the primary hands over the writes before it restarts.
 */
@Tag("lab")
@Tag("mysql")
class MySqlSettingsIntegrationTests {

	private static final String CHANGE = "mysql_max_connections=210";

	@AfterEach
	void restore() {
		Lab.runPlaybook("site.yml");
	}

	@Test
	@Tag("group")
	@Tag("long")
	void restartOfEachGroupMemberFailsNoRequest() {
		String before = Group.awaitPrimary();
		LoadEvents events = Traffic.during(() -> Lab.runPlaybook("site.yml", "-e", CHANGE));
		String after = Group.awaitPrimary();
		assertAll(() -> Target.report("Change a setting of the group's", events), events::assertEveryReadServed,
				events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Group.MEMBERS, before, after),
				() -> assertThat(after).isNotEqualTo(before), () -> assertChanged(Group.MEMBERS));
	}

	@Test
	@Tag("pair")
	@Tag("long")
	void restartOfBothServersOfAPairFailsNoRequest() {
		Pair before = Pair.await();
		LoadEvents events = Traffic.during(() -> Lab.runPlaybook("site.yml", "-e", CHANGE));
		Pair after = Pair.await();
		assertAll(() -> Target.report("Change a setting of the pair's", events), events::assertEveryReadServed,
				events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Pair.SERVERS, before.primary(), after.primary()),
				() -> assertThat(after.primary()).isEqualTo(before.replica()), () -> assertChanged(Pair.SERVERS));
	}

	@Test
	@Tag("pair")
	@Tag("long")
	void primaryWithoutReplicaIsNotRestarted() {
		Pair pair = Pair.await();
		Lab.sql(pair.replica(), "STOP REPLICA; RESET REPLICA ALL");
		try {
			assertThatIllegalStateException().isThrownBy(() -> Lab.runPlaybook("site.yml", "-e", CHANGE))
				.withMessageContaining("no other server can take the writes");
			assertThat(Pair.takesWrites(pair.primary())).isTrue();
		}
		finally {
			Lab.operate("rejoin", pair.replica());
			Pair.await();
		}
	}

	private static void assertChanged(List<String> servers) {
		assertThat(servers)
			.allSatisfy((server) -> assertThat(Lab.sql(server, "SELECT @@max_connections")).isEqualTo("210"));
	}

}
