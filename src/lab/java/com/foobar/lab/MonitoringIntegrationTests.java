package com.foobar.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that Prometheus gets all metrics of the site, that nobody else gets any, and that
 * it stays small.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitoringIntegrationTests {

	private static final Map<String, Integer> TARGETS = Map.ofEntries(Map.entry("node", 5), Map.entry("mysqld", 3),
			Map.entry("nginx", 2), Map.entry("haproxy", 2), Map.entry("application", 2), Map.entry("prometheus", 1),
			Map.entry("alertmanager", 1), Map.entry("blackbox", 1), Map.entry("probe-site", 2),
			Map.entry("probe-certificate", 2), Map.entry("probe-alias", 2));

	// deploy/README.md names about half to two thirds of these.
	private static final Map<String, Integer> MAX_SAMPLES = Map.of("node", 900, "mysqld", 1700, "nginx", 100, "haproxy",
			2000, "application", 2000, "prometheus", 1500, "alertmanager", 1000, "blackbox", 200);

	private static final long MAX_SERIES = 30_000;

	private static final long MAX_BYTES = 700_000_000;

	/** The network in monitoring_networks has this address alone. */
	private static final String OWN_ADDRESS = "10.80.88.40";

	private static final String OWN_PROMETHEUS = "own-prometheus";

	// Backups come with a later release. Without MySQL's replica threads, and without
	// chrony, which does not run in containers, the others have no series.
	private static final Set<String> WITHOUT_SERIES = Set.of("foobar_backup_last_success_timestamp_seconds",
			"foobar_restore_last_success_timestamp_seconds", "foobar_clock_offset_seconds",
			"mysql_slave_status_replica_sql_running", "mysql_slave_status_replica_io_running");

	private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "by", "on", "ignoring", "without",
			"offset", "bool", "group_left", "group_right");

	@BeforeEach
	void awaitPrometheus() {
		Prometheus.await();
	}

	@Test
	@Order(1)
	void everyTargetIsScraped() {
		Awaitility.await("all targets are up")
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofSeconds(2))
			.untilAsserted(() -> assertThat(targets("up == 1")).isEqualTo(new TreeMap<>(TARGETS)));
		assertThat(Prometheus.query("up").stream().map((sample) -> sample.label("instance")))
			.contains("lb-01", "lb-02", "web-01", "web-02", "ops-01")
			.noneMatch((instance) -> instance.contains(":"));
	}

	private static Map<String, Integer> targets(String query) {
		return Prometheus.query("count by (job) (%s)".formatted(query))
			.stream()
			.collect(Collectors.toMap((sample) -> sample.label("job"), (sample) -> (int) sample.value(), Integer::sum,
					TreeMap::new));
	}

	@Test
	@Order(2)
	void servicesOfEachServerAreWatched() {
		Map<String, List<String>> services = Map.of("lb-01", List.of("haproxy", "keepalived"), "web-01",
				List.of("nginx", "foobar", "mysql", "mysql-agent"), "ops-01", List.of("mysql", "prometheus"));
		services.forEach((server,
				names) -> assertThat(Prometheus
					.query("node_systemd_unit_state{instance=\"%s\",state=\"active\"} == 1".formatted(server))
					.stream()
					.map((sample) -> sample.label("name"))).as(server)
					.containsAll(names.stream().map((name) -> name + ".service").toList()));
	}

	// From the only server that the firewalls let in. The scan tests the others.
	@Test
	@Order(3)
	void onlyPrometheusGetsMetrics() {
		String answer = Prometheus.get("/api/v1/targets", "state=active");
		List<String> urls = Prometheus.EXPORTER_JOBS.stream()
			.<String>mapMulti((job, add) -> JsonPath
				.<List<String>>read(answer, "$.data.activeTargets[?(@.labels.job == '%s')].scrapeUrl".formatted(job))
				.forEach(add))
			.toList();
		assertThat(urls).hasSize(Prometheus.EXPORTER_JOBS.stream().mapToInt(TARGETS::get).sum());
		for (String url : urls) {
			assertThat(metrics(url)).as("%s without a certificate", url).isEqualTo("0");
			assertThat(metrics(url, ofDirectory("/etc/foobar-exporters/tls"))).as("%s with a server's certificate", url)
				.isEqualTo("0");
			assertThat(metrics(url, ofDirectory("/etc/prometheus/tls"))).as("%s with Prometheus' certificate", url)
				.isNotEqualTo("0");
		}
	}

	private static String[] ofDirectory(String directory) {
		return new String[] { "--cert", directory + "/certificate.pem", "--key", directory + "/key.pem" };
	}

	/** Returns the number of metrics in the response. */
	private static String metrics(String url, String... options) {
		List<String> command = new ArrayList<>(List.of("sh", "-c",
				"curl --silent --max-time 10 --cacert /etc/prometheus/tls/authority.pem \"$@\" | grep -c '^# TYPE' || true",
				"curl", url));
		command.addAll(Arrays.asList(options));
		return Lab.on(Prometheus.SERVER, command.toArray(String[]::new));
	}

	@Test
	@Order(4)
	void pagesOfPrometheusAndAlertmanagerNeedThePassword() {
		for (String url : List.of("https://ops-01:9090/api/v1/query?query=up",
				"https://ops-01:9090/consoles/index.html", "https://ops-01:9090/metrics",
				"https://ops-01:9093/api/v2/alerts", "https://ops-01:9093/")) {
			assertThat(Client.curl(url).status()).as(url).isEqualTo(401);
			assertThat(Client.curl("--user", "operator:change-me", url).status()).as(url).isEqualTo(401);
		}
	}

	@Test
	@Order(5)
	void seriesAndMemoryAreBounded() {
		Map<String, Integer> samples = Prometheus.query("max by (job) (scrape_samples_scraped)")
			.stream()
			.collect(Collectors.toMap((sample) -> sample.label("job"), (sample) -> (int) sample.value(), Integer::max,
					TreeMap::new));
		long series = (long) Prometheus.query("prometheus_tsdb_head_series").getFirst().value();
		long bytes = (long) Prometheus.query("max_over_time(process_resident_memory_bytes{job=\"prometheus\"}[1h])")
			.getFirst()
			.value();
		System.out.printf("Prometheus has %d series, and needed %d MB; samples of the largest target of each job: %s%n",
				series, bytes / 1_000_000, samples);
		assertThat(samples).hasSize(TARGETS.size())
			.allSatisfy((job, number) -> assertThat(number).as(job)
				.isPositive()
				.isLessThanOrEqualTo(MAX_SAMPLES.getOrDefault(job, 50)));
		assertThat(series).isLessThan(MAX_SERIES);
		assertThat(bytes).isLessThan(MAX_BYTES);
	}

	@Test
	@Order(6)
	void everyRuleIsEvaluatedAndNamesMetricsThatExist() {
		String rules = Prometheus.get("/api/v1/rules");
		assertThat(JsonPath.<List<String>>read(rules, "$.data.groups[*].rules[?(@.health != 'ok')].lastError"))
			.isEmpty();
		List<String> queries = JsonPath.read(rules, "$.data.groups[*].rules[*].query");
		assertThat(queries).hasSizeGreaterThan(50);
		Set<String> names = queries.stream()
			.flatMap((query) -> metricsOf(query).stream())
			.collect(Collectors.toCollection(TreeSet::new));
		names.removeAll(WITHOUT_SERIES);
		assertThat(names).contains("up", "haproxy_frontend_http_responses_total", "foobar_server_drained");
		Set<String> existing = Prometheus
			.query("count by (__name__) (last_over_time({__name__=~\"%s\"}[1h]))".formatted(String.join("|", names)))
			.stream()
			.map((sample) -> sample.label("__name__"))
			.collect(Collectors.toSet());
		assertThat(names).as("metrics of the rules").isSubsetOf(existing);
	}

	/** Returns the names of the metrics in a query. */
	private static Set<String> metricsOf(String query) {
		String bare = query.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "")
			.replaceAll("\\{[^}]*}|\\[[^]]*]", "")
			.replaceAll("\\b(by|without|on|ignoring|group_left|group_right) *\\([^)]*\\)", "")
			.replaceAll("\\boffset +\\w+", "");
		return Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*+(?! *\\()")
			.matcher(bare)
			.results()
			.map(MatchResult::group)
			.filter((name) -> !KEYWORDS.contains(name))
			.collect(Collectors.toSet());
	}

	@Test
	@Order(7)
	void ownPrometheusScrapesFromItsNetworkAlone() {
		Lab.runPlaybook("scrape-configuration.yml", "-e", "directory=/root/scrape");
		int targets = Prometheus.EXPORTER_JOBS.stream().mapToInt(TARGETS::get).sum();
		assertThat(healthOfOwnTargets("--ip", OWN_ADDRESS)).hasSize(targets).containsOnly("up");
		assertThat(healthOfOwnTargets()).hasSize(targets).containsOnly("down");
	}

	/**
	 * Starts a Prometheus with the written configuration, and returns the health of each
	 * of its targets after the first scrape.
	 * @param network options of docker run
	 */
	private static List<String> healthOfOwnTargets(String... network) {
		List<String> command = new ArrayList<>(List.of("docker", "run", "--detach", "--rm", "--init", "--name",
				"foobar-lab-" + OWN_PROMETHEUS, "--network", "foobar-lab", "--label", "foobar-lab"));
		command.addAll(Arrays.asList(network));
		command.add("foobar/control");
		Lab.run(command.toArray(String[]::new));
		try {
			Lab.run("sh", "-c", """
					docker exec foobar-lab-control tar --directory /root/scrape --create . |
					    docker exec --interactive foobar-lab-%s tar --directory /srv --extract
					""".formatted(OWN_PROMETHEUS));
			Lab.write(OWN_PROMETHEUS, "/srv/prometheus.yml", """
					global: { scrape_interval: 5s, scrape_timeout: 4s }
					scrape_config_files: [scrape.yml]
					""");
			Lab.run("docker", "exec", "--detach", "foobar-lab-" + OWN_PROMETHEUS, "prometheus",
					"--config.file=/srv/prometheus.yml", "--storage.tsdb.path=/tmp/metrics",
					"--web.listen-address=127.0.0.1:9090");
			return Awaitility.await("all targets were scraped")
				.atMost(Duration.ofMinutes(1))
				.ignoreExceptions()
				.until(MonitoringIntegrationTests::ownHealth,
						(health) -> !health.isEmpty() && !health.contains("unknown"));
		}
		finally {
			Lab.run("docker", "rm", "--force", "foobar-lab-" + OWN_PROMETHEUS);
		}
	}

	private static List<String> ownHealth() {
		return JsonPath.read(
				Lab.on(OWN_PROMETHEUS, "curl", "--silent", "--fail", "http://127.0.0.1:9090/api/v1/targets"),
				"$.data.activeTargets[*].health");
	}

}
