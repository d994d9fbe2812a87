package com.foobar.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;

/**
 * Asks the Prometheus and the Alertmanager that watch the lab, as an operator does: from
 * the control server, and with the password.
 */
final class Prometheus {

	/** The server in the inventory's group ops. */
	static final String SERVER = "ops-01";

	/** The jobs whose targets a Prometheus outside the site may scrape, too. */
	static final Set<String> EXPORTER_JOBS = Set.of("node", "mysqld", "nginx", "haproxy", "application");

	// curl reads the password from its standard input, so that it is on no command line.
	private static final String CURL = """
			printf 'user = "operator:%%s"' "$(cat /root/secrets/prometheus_operator)" |
			    curl --silent --show-error --fail-with-body --max-time 20 --cacert %s --config - "$@"
			""".formatted(Lab.CA_CERTIFICATE);

	private Prometheus() {
	}

	/** Returns the password with which operators sign in. */
	static String password() {
		return Lab.on("control", "cat", "/root/secrets/prometheus_operator");
	}

	/** Waits until Prometheus answers, for one minute at most. */
	static void await() {
		Awaitility.await("Prometheus answers")
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.until(() -> get("/-/ready"), (answer) -> answer.contains("Ready"));
	}

	/**
	 * Returns Prometheus' answer to a GET request.
	 * @param parameters those of the query, such as {@code query=up}
	 * @throws IllegalStateException if the answer is an error, which the message contains
	 */
	static String get(String path, String... parameters) {
		return get(9090, path, parameters);
	}

	/** Returns Alertmanager's answer in the same way. */
	static String getFromAlertmanager(String path, String... parameters) {
		return get(9093, path, parameters);
	}

	private static String get(int port, String path, String... parameters) {
		List<String> command = new ArrayList<>(
				List.of("sh", "-c", CURL, "curl", "--get", "https://%s:%d%s".formatted(SERVER, port, path)));
		Arrays.stream(parameters).forEach((parameter) -> command.addAll(List.of("--data-urlencode", parameter)));
		return Lab.on("control", command.toArray(String[]::new));
	}

	/**
	 * Evaluates a query whose result is a vector.
	 * @throws IllegalStateException if Prometheus refuses the query
	 */
	static List<Sample> query(String query) {
		String answer = get("/api/v1/query", "query=" + query);
		List<Map<String, String>> labels = JsonPath.read(answer, "$.data.result[*].metric");
		List<String> values = JsonPath.read(answer, "$.data.result[*].value[1]");
		return IntStream.range(0, labels.size())
			.mapToObj((i) -> new Sample(labels.get(i), Double.parseDouble(values.get(i).replace("Inf", "Infinity"))))
			.toList();
	}

	/** Makes a server write the metrics of its status now, and not within a minute. */
	static void writeSiteMetrics(String server) {
		Lab.on(server, "systemctl", "start", "site-metrics");
	}

	/**
	 * The value of one series. Immutable.
	 */
	record Sample(Map<String, String> labels, double value) {

		/** Returns the label's value, or an empty string. */
		String label(String name) {
			return this.labels.getOrDefault(name, "");
		}

	}

}
