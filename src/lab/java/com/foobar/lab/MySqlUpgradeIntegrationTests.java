package com.foobar.lab;

import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests how MySQL is upgraded on one server after the other, the primary last. The new
 * packages are the installed ones under higher versions, and remain after the tests.
 */
@Tag("lab")
@Tag("long")
@Tag("mysql")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MySqlUpgradeIntegrationTests {

	private static final String REPOSITORY = "foobar-lab-repository";

	// This file keeps MySQL from starting. It takes effect with the upgrade.
	private static final String BREAKING_UNIT_FILE = "/etc/systemd/system/mysql.service.d/broken.conf";

	@BeforeAll
	static void startRepository() {
		Lab.run("docker", "run", "--detach", "--name", REPOSITORY, "--network", "foobar-lab", "--network-alias",
				"repository", "--label", "foobar-lab", "foobar/repository");
	}

	@AfterAll
	static void stopRepository() {
		Lab.run("docker", "rm", "--force", REPOSITORY);
	}

	@Test
	@Order(1)
	@Tag("group")
	void upgradeOfEachGroupMemberFailsNoRequest() {
		String before = Group.awaitPrimary();
		offerPackages(Group.MEMBERS, "upgrade1");
		assertThat(Lab.operate("upgrade-mysql", "--check")).contains("Dry run: nothing is changed",
				before + " would get mysql-server ");
		assertThat(Group.MEMBERS).noneMatch((member) -> version(member).endsWith("+upgrade1"));
		LoadEvents events = Traffic.during(() -> Lab.operate("upgrade-mysql"));
		String after = Group.awaitPrimary();
		assertAll(() -> Target.report("Upgrade the group's MySQL", events), events::assertEveryReadServed,
				events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Group.MEMBERS, before, after),
				() -> assertUpgraded(Group.MEMBERS, "+upgrade1"), () -> assertLast(Group.MEMBERS, before));
		assertThat(Lab.operate("upgrade-mysql")).contains("Nothing to do");
	}

	// A primary that is older than all other members cannot hand over.
	@Test
	@Order(2)
	@Tag("group")
	void upgradeStopsAtAFailedMemberAndContinuesAfterItsRepair() {
		String before = Group.awaitPrimary();
		String first = Group.MEMBERS.stream().filter((member) -> !member.equals(before)).findFirst().orElseThrow();
		List<String> others = Group.MEMBERS.stream().filter((member) -> !member.equals(first)).toList();
		offerPackages(Group.MEMBERS, "upgrade2");
		Lab.write(first, BREAKING_UNIT_FILE, "[Service]\nExecStartPre=/bin/false\n");
		try {
			assertThatIllegalStateException().isThrownBy(() -> Lab.operate("upgrade-mysql"))
				.withMessageContainingAll(first + " has not become a member or replica again",
						first + " is no member of the group: MySQL does not answer", "journalctl --unit mysql",
						"run upgrade-mysql.yml again");
			assertThat(version(first)).endsWith("+upgrade2");
			assertThat(others).allSatisfy((member) -> assertThat(version(member)).endsWith("+upgrade1"));
			assertThatIllegalStateException().isThrownBy(() -> Lab.operate("upgrade-mysql"))
				.withMessageContaining(first + " is missing: run status.yml");
		}
		finally {
			Lab.on(first, "rm", BREAKING_UNIT_FILE);
			Lab.on(first, "systemctl", "daemon-reload");
			Lab.on(first, "systemctl", "start", "mysql");
		}
		assertThat(Group.awaitPrimary()).isEqualTo(before);
		LoadEvents events = Traffic.during(() -> Lab.operate("upgrade-mysql", "-e", "hand_over=false"));
		String after = Group.awaitPrimary();
		assertAll(() -> Target.report("Upgrade a primary that cannot hand over", events), events::assertEveryReadServed,
				events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Group.MEMBERS, before, after),
				() -> assertUpgraded(Group.MEMBERS, "+upgrade2"), () -> assertLast(Group.MEMBERS, before));
	}

	// Writes wait for the missing server up to the timeout of semi-synchronous
	// replication.
	@Test
	@Order(3)
	@Tag("pair")
	void upgradeOfBothServersOfAPairFailsNoRequest() {
		Pair before = Pair.await();
		offerPackages(Pair.SERVERS, "upgrade1");
		LoadEvents events = Traffic.during(() -> Lab.operate("upgrade-mysql"));
		Pair after = Pair.await();
		assertAll(() -> Target.report("Upgrade the pair's MySQL", events), events::assertEveryReadServed,
				events::assertEveryWriteServed,
				() -> new DataCheck(events).assertConsistent(Pair.SERVERS, before.primary(), after.primary()),
				() -> assertThat(after.primary()).isEqualTo(before.replica()),
				() -> assertUpgraded(Pair.SERVERS, "+upgrade1"), () -> assertLast(Pair.SERVERS, before.primary()));
	}

	// The servers' own settings may name a proxy for apt, which does not know the
	// repository's name.
	private static void offerPackages(List<String> servers, String suite) {
		for (String server : servers) {
			Lab.on(server, "sh", "-ec", """
					curl --silent --fail --output /etc/apt/keyrings/foobar-test.asc http://repository/key.asc
					echo 'Acquire::http::Proxy::repository "DIRECT";' > /etc/apt/apt.conf.d/99foobar-test
					printf 'Package: mysql-*\\nPin: release o=foobar-test\\nPin-Priority: 1002\\n' \
					    > /etc/apt/preferences.d/foobar-test
					echo "deb [signed-by=/etc/apt/keyrings/foobar-test.asc] http://repository/$0 ./" \
					    > /etc/apt/sources.list.d/foobar-test.list
					apt-get update --error-on=any -o Dir::Etc::SourceList=sources.list.d/foobar-test.list \
					    -o Dir::Etc::SourceParts=/dev/null -o APT::Get::List-Cleanup=false
					""", suite);
		}
	}

	private static String version(String server) {
		return Lab.on(server, "dpkg-query", "--show", "--showformat", "${Version}", "mysql-server");
	}

	private static void assertUpgraded(List<String> servers, String suffix) {
		assertThat(servers).allSatisfy((server) -> {
			assertThat(Lab.on(server, "dpkg", "--audit")).isEmpty();
			assertThat(version(server)).endsWith(suffix);
			assertThat(Lab.on(server, "apt-mark", "showhold").lines()).contains("mysql-server", "mysql-server-core");
		});
	}

	private static void assertLast(List<String> servers, String last) {
		assertThat(servers.stream().max(Comparator.comparing(MySqlUpgradeIntegrationTests::startTime)))
			.as("the server that was upgraded last")
			.hasValue(last);
	}

	// All servers run on one machine and share its clock.
	private static long startTime(String server) {
		return Long.parseLong(
				Lab.on(server, "systemctl", "show", "--property", "ActiveEnterTimestampMonotonic", "--value", "mysql"));
	}

}
