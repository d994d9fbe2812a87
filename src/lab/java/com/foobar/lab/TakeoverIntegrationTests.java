package com.foobar.lab;

import java.util.List;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests that this release takes over the servers that the former release set up, while
 * visitors read and write. {@code deploy/tests/former-lab} sets up such servers.
 */
@Tag("lab")
@Tag("takeover")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TakeoverIntegrationTests {

	/** The names of files, units and accounts that only the former release has. */
	private static final List<String> FORMER_NAMES = List.of("keeper", "given-up", "haproxy-remember", "words.map",
			"haproxy-answers", "haproxy_answers", "haproxy_listens", "addresses.conf");

	private static final List<String> SERVERS = Lab
		.run("docker", "ps", "--filter", "label=foobar-lab", "--format", "{{.Names}}")
		.lines()
		.map((container) -> container.replace("foobar-lab-", ""))
		.filter((server) -> server.matches("(lb|web|ops|db)-.*"))
		.sorted()
		.toList();

	@Test
	@Order(1)
	void formerNameOfAVariableIsRefusedWithTheNewName() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Lab.runPlaybook("site.yml", "-e", "mysql_patience_seconds=30"))
			.withMessageContaining("mysql_patience_seconds is called mysql_timeout_seconds now");
	}

	@Test
	@Order(2)
	void playbookOtherThanSiteIsRefusedBeforeTheTakeover() {
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("switchover", "web-02"))
			.withMessageContaining("Run site.yml first");
	}

	@Test
	@Order(3)
	void serversAreTakenOverAndNoRequestFails() {
		// As the former release's rejoin.yml has saved them.
		Lab.on("web-02", "sh", "-c",
				"umask 077; mkdir -p /var/lib/mysql-keeper/given-up; echo '-- saved' > /var/lib/mysql-keeper/given-up/1.sql");
		LoadEvents site = Traffic.during(() -> Lab.runPlaybook("site.yml"));
		LoadEvents release = Traffic.during(() -> Lab.operate("deploy", "-e", "jar=/srv/foobar/target/foobar.jar"));
		assertAll(() -> Target.report("Take over the former release's servers", site), site::assertEveryReadServed,
				site::assertEveryWriteServed, () -> Target.report("Deploy over the former release", release),
				release::assertEveryReadServed, release::assertEveryWriteServed);
	}

	@Test
	@Order(4)
	void nothingOfTheFormerReleaseIsLeft() {
		for (String server : SERVERS) {
			for (String name : FORMER_NAMES) {
				assertThat(Lab.on(server, "sh", "-c", """
						find /etc /usr/local /var/lib /run -name '*%1$s*' ! -path '/var/lib/dpkg/*' ! -path '/run/log/*'
						grep -rlsF --exclude=services -- '%1$s' /etc || true
						systemctl list-unit-files --no-legend '*%1$s*'
						systemctl list-units --all --plain --no-legend '*%1$s*'
						""".formatted(name))).as("%s on %s", name, server).isEmpty();
			}
		}
		assertThat(Lab.on("web-02", "cat", "/var/lib/mysql-agent/errant-transactions/1.sql")).isEqualTo("-- saved");
		assertThat(Lab.sql("web-01", "SELECT user FROM mysql.user WHERE user LIKE 'foobar%' ORDER BY user").lines())
			.containsExactly("foobar", "foobar_agent", "foobar_exporter", "foobar_migration", "foobar_monitor",
					"foobar_replication");
	}

	@Test
	@Order(5)
	void firewallOfEachServerIsTheOneOfItsFile() {
		for (String server : SERVERS) {
			String list = "nft --stateless list table inet foobar";
			String loaded = Lab.on(server, "sh", "-c", list);
			// Loads the file into a network namespace of its own, because nft lists rules
			// in another form than a file has them.
			String written = Lab.on(server, "unshare", "--net", "sh", "-c",
					"nft --file /etc/foobar/firewall.nft && " + list);
			assertThat(loaded).as("rules on %s", server).contains("chain input").isEqualTo(written);
		}
	}

	@Test
	@Order(6)
	void everyServerIsInItsPlace() {
		assertThatNoException().isThrownBy(() -> Lab.operate("status"));
	}

	@Test
	@Order(7)
	void secondRunChangesNothing() {
		assertThat(Lab.runPlaybook("site.yml")).doesNotContainPattern("changed=[1-9]");
	}

}
