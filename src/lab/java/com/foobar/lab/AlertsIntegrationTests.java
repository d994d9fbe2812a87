package com.foobar.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests that alerts fire because of real faults and end with them, that notifications are
 * sent, and that the site does not depend on the monitoring.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertsIntegrationTests {

	private static final String LOW_THRESHOLDS = "AlertThresholdsIntegrationTests.faultsAreAlertsAtLowThresholds";

	/** The alerts of which the lab has seen that a fault makes them fire, by the test. */
	private static final Map<String, String> PROVED = Map.ofEntries(
			Map.entry("VirtualAddressHolders", "addressWithoutAHolderIsAnAlert"),
			Map.entry("SiteUnreachable", "addressWithoutAHolderIsAnAlert"),
			Map.entry("ForgedTokens", "attacksAreAlerts"), Map.entry("MysqlAccessDenied", "attacksAreAlerts"),
			Map.entry("FirewallDrops", "attacksAreAlerts"),
			Map.entry("NoPrimary", "GroupFaultsIntegrationTests.noAcknowledgedWriteIsLostByAPowerFailureOfAllServers"),
			Map.entry("DiskFull", "DiskFullIntegrationTests.memberWithAFullDiskLeavesAndRejoins"),
			Map.entry("SemiSyncFallenBack",
					"PairDiskFullIntegrationTests.replicaWithAFullDiskDelaysWritesByTenSecondsAtMost"),
			Map.entry("NoWebServer", "siteWithoutAWebServerIsAnAlert"),
			Map.entry("TargetMissing", "lostServerIsOneMessage"),
			Map.entry("GroupMembersMissing", "lostServerIsOneMessage"),
			Map.entry("FirewallMissing", "faultsThatLastAreAlerts"),
			Map.entry("FlowControl", "faultsThatLastAreAlerts"), Map.entry("ServiceFailed", "faultsThatLastAreAlerts"),
			Map.entry("ServiceRestarts", "faultsThatLastAreAlerts"),
			Map.entry("SiteMetricsStale", "faultsThatLastAreAlerts"),
			Map.entry("PrometheusConfigurationFailed", "faultsThatLastAreAlerts"),
			Map.entry("AlertmanagerUnreachable", LOW_THRESHOLDS), Map.entry("DiskNearlyFull", LOW_THRESHOLDS),
			Map.entry("InternalCertificateExpiring", LOW_THRESHOLDS), Map.entry("MaintenancePageLong", LOW_THRESHOLDS),
			Map.entry("NotificationsFailing", LOW_THRESHOLDS), Map.entry("RateLimitHigh", LOW_THRESHOLDS),
			Map.entry("RebootDue", LOW_THRESHOLDS), Map.entry("ServerDrained", LOW_THRESHOLDS),
			Map.entry("SignInFailures", LOW_THRESHOLDS), Map.entry("SiteCertificateExpiring", LOW_THRESHOLDS),
			Map.entry("Watchdog", "deadMansSwitchIsCalledUntilPrometheusStops"));

	/** Why no test of the lab makes the others fire. promtool tests them. */
	private static final Map<String, String> NOT_CAUSED = Map.ofEntries(
			// They look back over hours in which the lab does not run.
			Map.entry("ErrorBudgetBurnFast", "needs an hour of one load"),
			Map.entry("ErrorBudgetBurnMedium", "needs six hours"), Map.entry("ErrorBudgetBurnSlow", "needs three days"),
			Map.entry("SlowResponsesBurnFast", "needs an hour of one load"),
			Map.entry("SlowResponsesBurnMedium", "needs six hours"),
			Map.entry("SlowResponsesBurnSlow", "needs three days"),
			Map.entry("AuthorizedKeyAdded", "needs an hour before the new key"),
			Map.entry("DiskFillsInADay", "needs three hours"),
			// Each would take a run longer than it is worth.
			Map.entry("MemberRecovering", "needs ten minutes"),
			Map.entry("ServiceNotRunning", "needs five minutes without a service"),
			Map.entry("MysqlDown", "needs five minutes without a database server"),
			Map.entry("MaintenancePageDiffers", "needs five minutes of the maintenance page"),
			Map.entry("AliasUnreachable", "needs five minutes and another certificate"),
			// The lab's only clock is that of the machine.
			Map.entry("ClockWrong", "containers have no clock of their own"),
			// These would harm the machine that runs the lab.
			Map.entry("MemoryLow", "containers report the machine's memory"),
			Map.entry("OutOfMemoryKill", "containers report the machine's counter"),
			Map.entry("ConnectionTrackingNearlyFull", "needs a hundred thousand connections"),
			Map.entry("SshFailures", "sshd would keep the operator out as well"),
			// Faults that other tests prove to be impossible, or too short.
			Map.entry("TwoPrimaries", "the site prevents it"), Map.entry("WritesLost", "the site prevents it"),
			Map.entry("WritesWaiting", "NoPrimary is the same fault"),
			Map.entry("ReplicationLag", "the lab's load is too low"),
			Map.entry("ApplierQueueLong", "the lab's load is too low"),
			Map.entry("ConnectionPoolExhausted", "the lab's load is too low"),
			Map.entry("LogsDropped", "a flood of connections causes it, and not on every machine"),
			Map.entry("RetriesHigh", "depends on the load"), Map.entry("UnknownOutcomes", "depends on the load"),
			Map.entry("AgentNeedsPerson", "NoPrimary is the same fault in the lab"),
			// The monitoring of the monitoring.
			Map.entry("RuleEvaluationFailed", "promtool refuses such a rule"),
			// Backups come with a later release.
			Map.entry("BackupTooOld", "there are no backups"), Map.entry("LogBackupTooOld", "there are no backups"),
			Map.entry("RestoreTooOld", "there are no backups"));

	private static final Duration FROZEN = Duration.ofSeconds(20);

	@Test
	@Order(1)
	void everyAlertIsProvedOrCannotBeCaused() {
		Set<String> known = new TreeSet<>(PROVED.keySet());
		known.addAll(NOT_CAUSED.keySet());
		// Only a pair has this one.
		known.remove("SemiSyncFallenBack");
		assertThat(PROVED.keySet()).doesNotContainAnyElementsOf(NOT_CAUSED.keySet());
		assertThat(PROVED.values()).allMatch(AlertsIntegrationTests::isATest);
		assertThat(new TreeSet<>(JsonPath.<List<String>>read(Prometheus.get("/api/v1/rules", "type=alert"),
				"$.data.groups[*].rules[*].name")))
			.isEqualTo(known);
	}

	@Test
	@Order(2)
	void deadMansSwitchIsCalledEachMinute() {
		Awaitility.await("the dead man's switch is called")
			.atMost(Duration.ofMinutes(2))
			.ignoreExceptions()
			.until(Receivers.DEAD_MANS_SWITCH::secondsSinceLast, (seconds) -> seconds < 90);
	}

	@Test
	@Order(3)
	void addressWithoutAHolderIsAnAlert() {
		Balancers.awaitHolder();
		Alerts alerts = Alerts.watch();
		int mails = Receivers.MAIL.count();
		int requests = Receivers.WEBHOOK.count();
		Lab.operate("silence", "SiteUnreachable", "-e", "hours=1", "-e", "comment='Test of a silence'");
		Balancers.ALL.forEach((balancer) -> Lab.on(balancer, "systemctl", "stop", "keepalived"));
		try {
			Alerts.await("VirtualAddressHolders", "SiteUnreachable");
			awaitMessage(Receivers.MAIL, mails, "VirtualAddressHolders");
			awaitMessage(Receivers.WEBHOOK, requests, "VirtualAddressHolders");
			assertThat(Receivers.MAIL.after(mails)).contains("X-Recipient: operator@foobar.test",
					":9090/user/runbook.html#virtualaddressholders");
			assertThatIllegalStateException().isThrownBy(() -> Lab.operate("status"))
				.withMessageMatching("(?s).*page +VirtualAddressHolders .*")
				.withMessageMatching("(?s).*page +SiteUnreachable [^\\n]* silenced .*");
		}
		finally {
			Balancers.ALL.forEach((balancer) -> Lab.on(balancer, "systemctl", "start", "keepalived"));
		}
		Balancers.awaitHolder();
		Alerts.awaitResolved("VirtualAddressHolders", "SiteUnreachable");
		// Alertmanager would have sent it ten seconds after it began to fire, and status
		// takes longer.
		assertThat(Receivers.MAIL.after(mails) + Receivers.WEBHOOK.after(requests)).doesNotContain("SiteUnreachable");
		alerts.assertNoOtherFired("VirtualAddressHolders", "SiteUnreachable");
	}

	@Test
	@Order(4)
	void silenceEndsEarly() {
		List<String> silences = JsonPath.read(Prometheus.getFromAlertmanager("/api/v2/silences"),
				"$[?(@.status.state == 'active')].id");
		assertThat(silences).as("the silence of the former test").hasSize(1);
		assertThat(Lab.operate("silence", "-e", "end=" + silences.getFirst())).doesNotContain("Test of a silence");
	}

	@Test
	@Order(5)
	void attacksAreAlerts() {
		Alerts alerts = Alerts.watch();
		for (int i = 0; i < 15; i++) {
			Client.curl("--header", "Authorization: Token not-a-token", Client.SITE + "/api/user");
		}
		Lab.on(Prometheus.SERVER, "sh", "-c", """
				for i in $(seq 110); do
				    mysql --host 127.0.0.1 --user nobody --password=wrong --execute '' >/dev/null 2>&1
				done
				true
				""");
		// Each port once, as deploy/tests/scan does it.
		Lab.on("control", "nmap", "-n", "-Pn", "--send-eth", "--max-retries", "0", "--max-rtt-timeout", "100ms",
				"--min-rate", "20000", "-sS", "-p-", "lb-01");
		Prometheus.writeSiteMetrics("lb-01");
		Alerts.await("ForgedTokens", "MysqlAccessDenied", "FirewallDrops");
		alerts.assertNoOtherFired("ForgedTokens", "MysqlAccessDenied", "FirewallDrops");
	}

	@Test
	@Order(6)
	void frozenOrStoppedPrometheusSlowsNoVisitor() {
		String primary = Group.awaitPrimary();
		LoadEvents events = Traffic.during(() -> {
			signal("STOP");
			try {
				pause(FROZEN);
			}
			finally {
				signal("CONT");
			}
			Lab.on(Prometheus.SERVER, "systemctl", "restart", "prometheus");
		});
		Prometheus.await();
		assertAll(() -> Target.slowestRead(2).check("Freeze Prometheus and restart it", events),
				() -> new DataCheck(events).assertNoRequestFailed("Freeze Prometheus and restart it",
						Target.withoutVisits(1), primary));
	}

	@Test
	@Order(7)
	@Tag("long")
	@Tag("monitoring")
	void siteWithoutAWebServerIsAnAlert() {
		Alerts alerts = Alerts.watch();
		WebServers.ALL.forEach((server) -> Lab.on(server, "systemctl", "stop", "nginx"));
		try {
			Alerts.await("NoWebServer");
		}
		finally {
			WebServers.ALL.forEach((server) -> Lab.on(server, "systemctl", "start", "nginx"));
		}
		WebServers.awaitAll();
		Alerts.awaitResolved("NoWebServer");
		alerts.assertNoOtherFired("NoWebServer", "SiteUnreachable");
	}

	@Test
	@Order(8)
	@Tag("long")
	@Tag("monitoring")
	void deadMansSwitchIsCalledUntilPrometheusStops() {
		Lab.on(Prometheus.SERVER, "systemctl", "stop", "prometheus");
		try {
			// Alertmanager believes an alert for four minutes.
			Awaitility.await("the dead man's switch is no longer called")
				.atMost(Duration.ofMinutes(8))
				.pollInterval(Duration.ofSeconds(5))
				.until(Receivers.DEAD_MANS_SWITCH::secondsSinceLast, (seconds) -> seconds > 150);
		}
		finally {
			Lab.on(Prometheus.SERVER, "systemctl", "start", "prometheus");
		}
		Awaitility.await("the dead man's switch is called again")
			.atMost(Duration.ofMinutes(2))
			.until(Receivers.DEAD_MANS_SWITCH::secondsSinceLast, (seconds) -> seconds < 60);
	}

	@Test
	@Order(9)
	@Tag("long")
	@Tag("monitoring")
	void lostServerIsOneMessage() {
		String lost = WebServers.otherThan(Group.awaitPrimary());
		Alerts alerts = Alerts.watch();
		int mails = Receivers.MAIL.count();
		Lab.powerOff(lost);
		try {
			Alerts.awaitFor(Duration.ofMinutes(8), "TargetMissing", "GroupMembersMissing");
			awaitMessage(Receivers.MAIL, mails, "TargetMissing on " + lost);
			Awaitility.await("no notification of the group that lacks the server is sent")
				.until(() -> JsonPath.<List<String>>read(
						Prometheus.getFromAlertmanager("/api/v2/alerts", "filter=alertname=\"GroupMembersMissing\""),
						"$[*].status.state"), List.of("suppressed")::equals);
			// Meanwhile the alerts of other tests may end, and notifications say so.
			assertThat(Receivers.MAIL.after(mails)
				.lines()
				.filter((line) -> line.startsWith("Subject: ") && line.contains(lost))).hasSize(1);
		}
		finally {
			Lab.powerOn(lost);
		}
		Group.awaitPrimary();
		WebServers.awaitAll();
		Alerts.awaitResolved("TargetMissing", "GroupMembersMissing");
		alerts.assertNoOtherFired("TargetMissing", "GroupMembersMissing");
	}

	@Test
	@Order(10)
	@Tag("long")
	@Tag("monitoring")
	void faultsThatLastAreAlerts() {
		String spare = Balancers.awaitHolder().equals("lb-01") ? "lb-02" : "lb-01";
		String member = WebServers.otherThan(Group.awaitPrimary());
		Alerts alerts = Alerts.watch();
		String[] expected = { "FirewallMissing", "FlowControl", "ServiceFailed", "ServiceRestarts", "SiteMetricsStale",
				"PrometheusConfigurationFailed" };
		Lab.on(spare, "nft", "delete", "table", "inet", "foobar");
		Lab.sql(member, "SET GLOBAL group_replication_flow_control_mode = 'QUOTA'");
		Lab.on("ops-01", "sh", "-c",
				"systemd-run --quiet --unit site-failing false; systemctl stop site-metrics.timer");
		Lab.on(Prometheus.SERVER, "sh", "-c",
				"echo nonsense > /etc/prometheus/rules/nonsense.yml && systemctl kill --signal=HUP prometheus");
		try {
			killOften(member, "prometheus-nginx-exporter");
			Alerts.awaitFor(Duration.ofMinutes(10), expected);
		}
		finally {
			Lab.on(Prometheus.SERVER, "sh", "-c",
					"rm /etc/prometheus/rules/nonsense.yml && systemctl kill --signal=HUP prometheus");
			Lab.on("ops-01", "sh", "-c", "systemctl reset-failed site-failing; systemctl start site-metrics.timer");
			Lab.sql(member, "SET GLOBAL group_replication_flow_control_mode = 'DISABLED'");
			Lab.on(spare, "systemctl", "restart", "foobar-firewall");
		}
		Stream.of(spare, "ops-01").forEach(Prometheus::writeSiteMetrics);
		Alerts.awaitResolved("FirewallMissing", "FlowControl", "ServiceFailed", "SiteMetricsStale",
				"PrometheusConfigurationFailed");
		alerts.assertNoOtherFired(expected);
	}

	// The name of a method of this class, or of another one with its class.
	private static boolean isATest(String name) {
		int dot = name.indexOf('.');
		String type = (dot >= 0) ? name.substring(0, dot) : AlertsIntegrationTests.class.getSimpleName();
		try {
			return Arrays
				.stream(Class.forName(AlertsIntegrationTests.class.getPackageName() + "." + type).getDeclaredMethods())
				.anyMatch((method) -> method.isAnnotationPresent(Test.class)
						&& method.getName().equals(name.substring(dot + 1)));
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	// systemd starts it again after five seconds.
	private static void killOften(String server, String unit) {
		for (int i = 0; i < 6; i++) {
			Awaitility.await("%s runs".formatted(unit))
				.atMost(Duration.ofSeconds(20))
				.ignoreExceptions()
				.until(() -> Lab.on(server, "systemctl", "is-active", unit), "active"::equals);
			Lab.on(server, "systemctl", "kill", "--signal=KILL", unit);
		}
	}

	private static void signal(String name) {
		Lab.on(Prometheus.SERVER, "systemctl", "kill", "--signal=" + name, "prometheus");
	}

	// Visitors read and write meanwhile.
	private static void pause(Duration duration) {
		Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
	}

	private static void awaitMessage(Receivers receiver, int after, String text) {
		Awaitility.await("%s has a message with %s".formatted(receiver, text))
			.atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofSeconds(2))
			.until(() -> receiver.after(after), (messages) -> messages.contains(text));
	}

}
