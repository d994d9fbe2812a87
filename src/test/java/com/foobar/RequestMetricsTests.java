package com.foobar;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which series the requests of visitors have in Prometheus. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RequestMetricsTests {

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
			"TRACE");

	private static final List<String> FOLDERS = List.of("/", "/api/", "/api/articles/", "/assets/", "/article/",
			"/profile/", "/tag/");

	private final HttpClient client = HttpClient.newHttpClient();

	private final Random random = new Random(1);

	@LocalServerPort
	int sitePort;

	@LocalManagementPort
	int managementPort;

	@Test
	void randomRequestsAddNoSeries() throws Exception {
		for (String folder : FOLDERS) {
			for (String method : METHODS) {
				request(method, folder + randomName());
			}
			request(randomMethod(), folder + randomName());
		}
		Set<String> before = series();
		for (int i = 0; i < 1000; i++) {
			request(this.random.nextBoolean() ? randomMethod() : randomOf(METHODS), randomOf(FOLDERS) + randomName());
		}
		assertThat(series()).containsExactlyInAnyOrderElementsOf(before)
			.anyMatch((name) -> name.contains("method=\"OTHER\""));
	}

	@Test
	void requestsHaveBucketsOfServiceLevels() throws Exception {
		request("GET", "/");
		assertThat(series())
			.filteredOn((name) -> name.startsWith("http_server_requests_seconds") && name.contains("area=\"page\",")
					&& name.contains("method=\"GET\"") && name.contains("status=\"200\""))
			.containsExactlyInAnyOrderElementsOf(Stream
				.concat(Stream.of("count", "sum", "max"),
						Stream.of("0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "+Inf"))
				.map(RequestMetricsTests::seriesOfPages)
				.toList());
	}

	private static String seriesOfPages(String part) {
		String labels = "area=\"page\",method=\"GET\",outcome=\"SUCCESS\",status=\"200\"";
		return Character.isLetter(part.charAt(0)) ? "http_server_requests_seconds_%s{%s}".formatted(part, labels)
				: "http_server_requests_seconds_bucket{%s,le=\"%s\"}".formatted(labels, part);
	}

	@ParameterizedTest
	@CsvSource({ "/, page, SUCCESS, 200", "/no-such-page, page, CLIENT_ERROR, 404", "/settings, page, REDIRECTION, 302",
			"/status.json, page, SUCCESS, 200", "/api/openapi.yaml, api, SUCCESS, 200",
			"/api/user, api, CLIENT_ERROR, 401", "/assets/site.css, asset, SUCCESS, 200",
			"/favicon.ico, asset, SUCCESS, 200", "/livez, other, SUCCESS, 200" })
	void requestsAreCountedByAreaAndOutcome(String path, String area, String outcome, String status) throws Exception {
		String series = "http_server_requests_seconds_count{area=\"%s\",method=\"GET\",outcome=\"%s\",status=\"%s\"} "
			.formatted(area, outcome, status);
		double before = value(series);
		request("GET", path);
		assertThat(value(series)).isEqualTo(before + 1);
	}

	@Test
	void securityFiltersHaveNoSeries() throws Exception {
		request("GET", "/");
		request("GET", "/api/user");
		assertThat(series()).noneMatch((name) -> name.startsWith("spring_security_"));
	}

	private double value(String series) throws Exception {
		return lines().filter((line) -> line.startsWith(series))
			.mapToDouble((line) -> Double.parseDouble(line.substring(series.length())))
			.sum();
	}

	// Omits the series of the JVM, because the garbage collector may add one at any time.
	private Set<String> series() throws Exception {
		return lines().filter((line) -> !line.startsWith("#") && !line.startsWith("jvm_"))
			.map((line) -> line.substring(0, line.lastIndexOf(' ')))
			.collect(Collectors.toSet());
	}

	private Stream<String> lines() throws Exception {
		return send("GET", this.managementPort, "/actuator/prometheus").body().lines();
	}

	private void request(String method, String path) throws Exception {
		send(method, this.sitePort, path);
	}

	private HttpResponse<String> send(String method, int port, String path) throws IOException, InterruptedException {
		var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		return this.client.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private String randomName() {
		return new UUID(this.random.nextLong(), this.random.nextLong()) + "?" + this.random.nextInt();
	}

	private String randomMethod() {
		return this.random.ints(12, 'A', 'Z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
	}

	private String randomOf(List<String> values) {
		return values.get(this.random.nextInt(values.size()));
	}

}
