package com.foobar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests that a site that nobody maintains neither fills its disks nor stops by itself,
 * and that its services have no more rights than they need.
 */
@Tag("lab")
@Tag("group")
class ServerConfigurationIntegrationTests {

	@Test
	void everythingThatExpiresIsInTheTableOfExpiry() throws IOException {
		String page = Files.readString(Path.of("deploy/README.md"));
		String table = page.substring(page.indexOf("## Expiry"));
		for (String server : Lab.SERVERS) {
			List<String> certificates = Lab.on(server, "sh", "-c", """
					grep -rlI -e '-----BEGIN CERTIFICATE' /etc /opt /root /usr/local /var/lib | grep -v ^/etc/ssl/certs/
					""").lines().toList();
			assertThat(certificates).as(server).isNotEmpty().allSatisfy((file) -> {
				int slash = file.lastIndexOf('/');
				assertThat(table).contains(file.substring(0, slash), file.substring(slash + 1));
				// In a configuration file, a certificate can be a string with escaped
				// line ends.
				Lab.on(server, "sh", "-c",
						"sed 's/\\\\n/\\n/g; s/.*-----BEGIN/-----BEGIN/' $0 | openssl x509 -noout -checkend $1", file,
						String.valueOf(90 * 86400));
			});
			assertThat(Lab.on(server, "systemctl", "list-timers", "--all", "--output", "json-pretty"))
				.satisfies((timers) -> assertThat(JsonPath.<List<String>>read(timers, "$[*].unit")).isNotEmpty()
					.allSatisfy((timer) -> assertThat(table).contains("`%s`".formatted(timer))));
			assertThat(Lab.on(server, "awk", "-F:", "$5 != \"\" && $5 < 99999 || $8 > 1", "/etc/shadow")).isEmpty();
		}
		assertThat(Lab.sql("web-01", """
				SELECT user FROM mysql.user WHERE password_lifetime > 0 OR password_expired = 'Y'
				 UNION SELECT event_name FROM information_schema.events
				 UNION SELECT 'default' WHERE @@default_password_lifetime > 0
				""")).isEmpty();
	}

	@Test
	void databaseAccountsHaveOnlyTheNecessaryPrivileges() {
		assertThat(Lab.sql("web-01", """
				SELECT CONCAT(grantee, ' ', GROUP_CONCAT(privilege_type ORDER BY privilege_type), ' on ', object)
				  FROM (SELECT grantee, privilege_type, '*.*' AS object FROM information_schema.user_privileges
				         UNION SELECT grantee, privilege_type, CONCAT(table_schema, '.*')
				                 FROM information_schema.schema_privileges
				         UNION SELECT grantee, privilege_type, CONCAT(table_schema, '.', table_name)
				                 FROM information_schema.table_privileges) AS granted
				 WHERE (grantee NOT LIKE '%@''localhost''' OR grantee LIKE '''foobar%')
				   AND privilege_type <> 'USAGE'
				 GROUP BY grantee, object ORDER BY grantee, object
				""")).isEqualTo(
				"""
						'foobar'@'%' DELETE,INSERT,SELECT,UPDATE on foobar.*
						'foobar_agent'@'localhost' BINLOG_ADMIN,CONNECTION_ADMIN,GROUP_REPLICATION_ADMIN,REPLICATION CLIENT,\
						REPLICATION SLAVE,SYSTEM_VARIABLES_ADMIN on *.*
						'foobar_agent'@'localhost' SELECT on performance_schema.replication_connection_status
						'foobar_agent'@'localhost' SELECT on performance_schema.replication_group_members
						'foobar_exporter'@'localhost' PROCESS,REPLICATION CLIENT on *.*
						'foobar_exporter'@'localhost' SELECT on performance_schema.*
						'foobar_migration'@'%' ALTER,CREATE,CREATE VIEW,DELETE,DROP,INDEX,INSERT,REFERENCES,SELECT,UPDATE on foobar.*
						'foobar_migration'@'%' SELECT on performance_schema.data_lock_waits
						'foobar_migration'@'%' SELECT on performance_schema.events_transactions_current
						'foobar_migration'@'%' SELECT on performance_schema.metadata_locks
						'foobar_migration'@'%' SELECT on performance_schema.threads
						'foobar_monitor'@'%' REPLICATION CLIENT on *.*
						'foobar_monitor'@'%' SELECT on performance_schema.global_variables
						'foobar_monitor'@'%' SELECT on performance_schema.replication_applier_status
						'foobar_monitor'@'%' SELECT on performance_schema.replication_connection_status
						'foobar_monitor'@'%' SELECT on performance_schema.replication_group_members
						'foobar_replication'@'%' BACKUP_ADMIN,CONNECTION_ADMIN,GROUP_REPLICATION_STREAM,REPLICATION SLAVE on *.*
						'foobar_replication'@'%' SELECT on performance_schema.replication_group_members""");
	}

	@Test
	void mySqlPackagesAreHeld() {
		assertThat(Group.MEMBERS).allSatisfy((member) -> assertThat(Lab.on(member, "apt-mark", "showhold").lines())
			.contains("mysql-server", "mysql-server-core"));
	}

	@Test
	void serviceWithAReplacedLibraryIsReportedUntilItsRestart() {
		// dpkg does the same: the name leads to another file, and only processes that
		// have mapped the old file can still use it.
		Lab.on("web-02", "sh", "-euc", """
				library=/usr/lib/nginx/modules/ngx_http_brotli_static_module.so
				cp --archive $library $library.new
				mv $library.new $library
				""");
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status"))
			.withMessageContaining("A reboot of web-02 is due [files were replaced that are in use by nginx]")
			.withMessageContaining("deploy/lab patch web-02");
		Lab.on("web-02", "systemctl", "restart", "nginx");
		Awaitility.await("the site needs no operator")
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.until(() -> Lab.operate("status"), (output) -> output.contains("Nothing needs a person"));
	}

	@Test
	void serversInstallUpgradesAtDifferentHours() {
		assertThat(Lab.SERVERS.stream()
			.map((server) -> Lab.on(server, "systemctl", "show", "--property", "TimersCalendar", "--value",
					"apt-daily-upgrade.timer"))
			.map((timer) -> timer.replaceAll(".*OnCalendar=(.*?) ;.*", "$1"))).doesNotHaveDuplicates()
			.allSatisfy((time) -> assertThat(time).matches("\\*-\\*-\\* [0-9]{2}:00:00 UTC"));
	}

	@Test
	@Tag("long")
	void restartOfNginxByAnUpgradeFailsNoRead() {
		// The packages run this when unattended-upgrades installs newer ones.
		LoadEvents events = Traffic.during(() -> Lab.on("web-02", "env", "DEBIAN_FRONTEND=noninteractive",
				"dpkg-reconfigure", "nginx-common", "nginx"));
		assertAll(events::assertEveryReadServed, events::assertNothingStale,
				() -> assertThat(Lab.on("web-02", "systemctl", "is-active", "nginx")).isEqualTo("active"));
	}

	@Test
	void flowControlIsDisabled() {
		assertThat(Group.MEMBERS)
			.allSatisfy((member) -> assertThat(Lab.sql(member, "SELECT @@group_replication_flow_control_mode"))
				.isEqualTo("DISABLED"));
	}

	@Test
	void mySqlErrorsAreInTheJournal() {
		assertThat(Group.MEMBERS).allSatisfy((member) -> {
			assertThat(Lab.sql(member, "SELECT @@log_error")).isEqualTo("stderr");
			assertThat(Lab.on(member, "journalctl", "--unit", "mysql", "--output", "cat"))
				.contains("ready for connections");
		});
	}

	@Test
	void accessLogsAreInASeparateJournal() {
		String id = Client.get("/").header("X-Request-Id").orElseThrow();
		Awaitility.await("the request is in a journal")
			.atMost(Duration.ofSeconds(10))
			.until(() -> Lab.SERVERS.stream().anyMatch((server) -> Lab.isInJournal(server, "--namespace=access", id)));
		assertThat(Lab.SERVERS).noneMatch((server) -> Lab.isInJournal(server, "--unit=haproxy", id))
			.noneMatch((server) -> Lab.isInJournal(server, "--identifier=nginx", id));
	}

	@Test
	void journalsAreBoundedBySizeAndAge() {
		for (String server : List.of("lb-01", "web-01")) {
			assertThat(Lab.on(server, "journalctl", "--unit", "systemd-journald", "--grep", "System Journal"))
				.contains("max 1G");
			assertThat(Lab.on(server, "journalctl", "--namespace", "access", "--grep", "System Journal"))
				.contains("max 2G");
			assertThat(Lab.on(server, "systemd-analyze", "cat-config", "systemd/journald.conf"))
				.contains("MaxRetentionSec=90day");
			assertThat(Lab.on(server, "systemd-analyze", "cat-config", "systemd/journald@access.conf"))
				.contains("MaxRetentionSec=14day");
		}
	}

	@Test
	void slowStatementsAreLoggedAndTheirLogIsRotated() {
		Lab.sql("ops-01", "SELECT SLEEP(0.6), 'before'");
		Lab.on("ops-01", "logrotate", "--force", "/etc/logrotate.d/mysql-server");
		Lab.sql("ops-01", "SELECT SLEEP(0.6), 'after'");
		assertThat(Lab.on("ops-01", "zcat", "/var/log/mysql/slow.log.1.gz")).contains("'before'");
		assertThat(Lab.on("ops-01", "cat", "/var/log/mysql/slow.log")).contains("'after'").doesNotContain("'before'");
		assertThat(Lab.on("ops-01", "stat", "--format", "%a %U %G", "/var/log/mysql/slow.log"))
			.isEqualTo("640 mysql adm");
		assertThat(Lab.sql("ops-01", "SELECT @@gtid_executed LIKE CONCAT('%', @@server_uuid, '%')"))
			.as("ops-01 has transactions of its own")
			.isEqualTo("0");
		assertThat(Lab.on("ops-01", "systemctl", "is-active", "logrotate.timer")).isEqualTo("active");
	}

	@Test
	void servicesAreSandboxed() {
		assertExposureAtMost("lb-01", "haproxy", 4.0);
		assertExposureAtMost("lb-01", "keepalived", 4.0);
		assertExposureAtMost("web-01", "nginx", 4.0);
		assertExposureAtMost("web-01", "foobar", 2.0);
		assertExposureAtMost("web-01", "mysql", 2.5);
		assertExposureAtMost("web-01", "mysql-agent", 2.0);
	}

	@Test
	void outOfMemoryKillerSparesTheDatabase() {
		assertThat(oomScoreAdjust("mysql")).isLessThan(oomScoreAdjust("foobar"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "common", "hardening", "firewall", "tls_internal", "mysql", "nginx", "application",
			"tls_public", "haproxy", "keepalived", "exporters", "prometheus", "alertmanager", "blackbox_exporter",
			"journal_remote", "journal_upload" })
	@Tag("long")
	void roleRunAloneChangesNothing(String tag) {
		assertThat(Lab.runPlaybook("site.yml", "--tags", tag, "-e", "site_url=" + Lab.URL))
			.doesNotContainPattern("changed=[1-9]");
	}

	@Test
	@Tag("long")
	void databaseAccountsAreCorrectedWithoutFailedRequests() {
		String primary = Group.awaitPrimary();
		Lab.sql(primary, "CREATE USER foobar_former@'%' REQUIRE SSL; CREATE USER somebody@localhost");
		// The account has one privilege too many. Visitors are served while it is
		// revoked.
		Lab.sql(primary, "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON foobar.* TO foobar");
		LoadEvents events = Traffic.during(() -> Lab.runPlaybook("site.yml", "--tags", "mysql"));
		assertAll(events::assertEveryReadServed, events::assertEveryWriteServed,
				this::databaseAccountsHaveOnlyTheNecessaryPrivileges);
		assertThat(Lab.sql(primary, "SELECT user FROM mysql.user")).contains("somebody", "foobar_replication")
			.doesNotContain("foobar_former");
		Lab.sql(primary, "DROP USER somebody@localhost");
	}

	// Returns the unit's setting, because a container may not lower the actual value.
	private static int oomScoreAdjust(String unit) {
		return Integer.parseInt(Lab.on("web-01", "systemctl", "show", "--property", "OOMScoreAdjust", "--value", unit));
	}

	private static void assertExposureAtMost(String server, String unit, double limit) {
		String last = Lab.on(server, "systemd-analyze", "security", "--no-pager", unit).lines().toList().getLast();
		double exposure = Double.parseDouble(last.replaceAll(".*: ([0-9.]+) .*", "$1"));
		assertThat(exposure).as("exposure of %s on %s", unit, server).isLessThanOrEqualTo(limit);
	}

}
