package com.foobar.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that faults are alerts which need hours, or more events than the lab has, by
 * lower thresholds. The alert rules are otherwise those of the site.
 */
@Tag("lab")
@Tag("group")
@Tag("long")
@Tag("monitoring")
class AlertThresholdsIntegrationTests {

	// The certificates of the lab are valid for 820 and 1200 days.
	private static final String LOW_THRESHOLDS = """
			{"thresholds_drained_minutes": 1, "thresholds_maintenance_minutes": 1, "thresholds_reboot_due_hours": 0,
			 "thresholds_site_certificate_days": 2000, "thresholds_internal_certificate_days": 2000,
			 "thresholds_disk_free_percent": 99, "thresholds_sign_in_failures": 3, "thresholds_rate_limited": 3,
			 "thresholds_monitoring_minutes": 1}""";

	private static final String[] ALERTS = { "AlertmanagerUnreachable", "ServerDrained", "MaintenancePageLong",
			"RebootDue", "SiteCertificateExpiring", "InternalCertificateExpiring", "DiskNearlyFull", "SignInFailures",
			"RateLimitHigh", "NotificationsFailing" };

	@Test
	void faultsAreAlertsAtLowThresholds() {
		Alerts alerts = Alerts.watch();
		setThresholds("-e", LOW_THRESHOLDS);
		try {
			Lab.run("docker", "stop", "foobar-lab-receivers");
			Lab.on("lb-01", "touch", "/run/reboot-required");
			guessPasswords();
			setStateOfWebServer("drain");
			Lab.operate("maintenance", "-e", "state=on");
			Alerts.awaitFor(Duration.ofMinutes(10),
					Arrays.stream(ALERTS)
						.filter((alert) -> !alert.equals("AlertmanagerUnreachable"))
						.toArray(String[]::new));
			Lab.on(Prometheus.SERVER, "systemctl", "stop", "prometheus-alertmanager");
			Alerts.awaitFor(Duration.ofMinutes(5), "AlertmanagerUnreachable");
		}
		finally {
			Lab.on(Prometheus.SERVER, "systemctl", "start", "prometheus-alertmanager");
			Lab.on("lb-01", "rm", "--force", "/run/reboot-required");
			setStateOfWebServer("ready");
			Lab.operate("maintenance", "-e", "state=off");
			Lab.run("docker", "start", "foobar-lab-receivers");
			setThresholds();
		}
		// NotificationsFailing counts those of the last ten minutes.
		Alerts.awaitResolvedFor(Duration.ofMinutes(13), ALERTS);
		alerts.assertNoOtherFired(ALERTS);
	}

	private static void setThresholds(String... variables) {
		Lab.runPlaybook(Stream
			.concat(Stream.of("site.yml", "--tags", "prometheus", "-e", "site_url=" + Lab.URL),
					Arrays.stream(variables))
			.toArray(String[]::new));
		Prometheus.await();
	}

	private static void setStateOfWebServer(String state) {
		for (String balancer : Balancers.ALL) {
			for (String backend : List.of("ready", "ready-writes", "alive", "alive-writes", "listening")) {
				Lab.on(balancer, "sh", "-c", "echo set server %s/web-02 state %s | socat - /run/haproxy/admin.sock"
					.formatted(backend, state));
			}
		}
	}

	// More often than one account may try, and than one address, so that both limits
	// refuse.
	private static void guessPasswords() {
		for (int i = 0; i < 60; i++) {
			Client.curl("--json", """
					{"user": {"email": "nobody@example.com", "password": "wrong"}}
					""", Client.SITE + "/api/users/login");
		}
	}

}
