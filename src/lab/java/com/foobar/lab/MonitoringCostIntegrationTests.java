package com.foobar.lab;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Measures what the monitoring costs while visitors read and write, as the control groups
 * of its services count it; and what the site's own services need for the scrapes.
 */
@Tag("lab")
@Tag("group")
@Tag("long")
@Tag("monitoring")
class MonitoringCostIntegrationTests {

	private static final Duration TIME = Duration.ofMinutes(10);

	/** Each server has some of these. */
	private static final List<String> EXPORTERS = List.of("prometheus-node-exporter", "prometheus-mysqld-exporter",
			"prometheus-nginx-exporter", "systemd-journal-upload", "systemd-journal-upload@access", "mysql-slow-log");

	/** Each server has some of these, which answer scrapes, or work for an exporter. */
	private static final List<String> SCRAPED = List.of("foobar", "nginx", "haproxy", "mysql");

	private static final int SCRAPES = 40;

	private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(15);

	private static final double MAX_EXPORTERS = 0.03;

	private static final double MAX_PROMETHEUS = 0.05;

	private static final long MAX_BYTES = 700_000_000;

	@Test
	void monitoringNeedsLittleOfTheServers() {
		Prometheus.await();
		Map<String, Long> before = new TreeMap<>();
		Map<String, Double> shares = new TreeMap<>();
		Map<String, Double> scrapes = new TreeMap<>();
		Lab.SERVERS.forEach((server) -> scrapes.put(server, scrapes(server)));
		LoadEvents events = Traffic.during(() -> {
			Lab.SERVERS.forEach((server) -> before.put(server, nanoseconds(server, EXPORTERS)));
			long prometheus = nanoseconds(Prometheus.SERVER, "prometheus");
			long began = System.nanoTime();
			Awaitility.await().pollDelay(TIME).atMost(TIME.plusMinutes(1)).until(() -> true);
			double time = System.nanoTime() - began;
			Lab.SERVERS.forEach((server) -> shares.put(server,
					(nanoseconds(server, EXPORTERS) - before.getOrDefault(server, 0L)) / time + siteMetrics(server)
							+ scrapes.getOrDefault(server, 0.0)));
			shares.put("Prometheus", (nanoseconds(Prometheus.SERVER, "prometheus") - prometheus) / time);
		});
		double bytes = Prometheus.query("max_over_time(process_resident_memory_bytes{job=\"prometheus\"}[10m])")
			.getFirst()
			.value();
		System.out.printf(Locale.ROOT,
				"The monitoring needs of one processor: %s, of this for scrapes %s; Prometheus has %.0f MB%n",
				percentages(shares), percentages(scrapes), bytes / 1e6);
		assertAll(
				() -> assertThat(shares).allSatisfy((server, share) -> assertThat(share).as(server)
					.isPositive()
					.isLessThanOrEqualTo(server.equals("Prometheus") ? MAX_PROMETHEUS : MAX_EXPORTERS)),
				() -> assertThat(bytes).isLessThan(MAX_BYTES), events::assertEveryReadServed,
				events::assertEveryWriteServed);
	}

	private static List<String> percentages(Map<String, Double> shares) {
		return shares.entrySet()
			.stream()
			.map((share) -> String.format(Locale.ROOT, "%s %.1f %%", share.getKey(), share.getValue() * 100))
			.toList();
	}

	// It runs once a minute, and its control group counts the last run.
	private static double siteMetrics(String server) {
		return (double) nanoseconds(server, "site-metrics") / Duration.ofMinutes(1).toNanos();
	}

	// Without visitors, because these need much more of the same services.
	private static double scrapes(String server) {
		String targets = Prometheus.get("/api/v1/targets");
		List<String> urls = Prometheus.EXPORTER_JOBS.stream()
			.flatMap((job) -> JsonPath
				.<List<String>>read(targets,
						"$.data.activeTargets[?(@.labels.instance == '%s' && @.labels.job == '%s')].scrapeUrl"
							.formatted(server, job))
				.stream())
			.toList();
		assertThat(urls).isNotEmpty();
		Duration idle = Duration.ofSeconds(10);
		long before = nanoseconds(server, SCRAPED);
		Awaitility.await().pollDelay(idle).atMost(idle.plusSeconds(5)).until(() -> true);
		double background = (double) (nanoseconds(server, SCRAPED) - before) / idle.toNanos();
		before = nanoseconds(server, SCRAPED);
		long began = System.nanoTime();
		Lab.on(Prometheus.SERVER, "sh", "-c",
				"""
						cd /etc/prometheus/tls
						for url in %s; do
						    curl --silent --fail --output /dev/null --cacert authority.pem --cert certificate.pem --key key.pem "$url#[1-%d]"
						done
						"""
					.formatted(String.join(" ", urls), SCRAPES));
		double used = nanoseconds(server, SCRAPED) - before - background * (System.nanoTime() - began);
		return Math.max(0, used) / SCRAPES / SCRAPE_INTERVAL.toNanos();
	}

	private static long nanoseconds(String server, List<String> units) {
		return units.stream().mapToLong((unit) -> nanoseconds(server, unit)).sum();
	}

	/**
	 * Returns the processor's time of a service since its start; 0 if it does not run.
	 */
	private static long nanoseconds(String server, String unit) {
		String value = Lab.on(server, "systemctl", "show", "--property", "CPUUsageNSec", "--value", unit);
		return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
	}

}
