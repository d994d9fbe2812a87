package com.foobar.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the deadlines of requests and the responses after database failures. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Import(RequestDeadlineTests.DeadlineController.class)
class RequestDeadlineTests {

	@Autowired
	RestTestClient client;

	@Autowired
	DatabaseProperties database;

	@Test
	void deadlineOfAReadIsBeforeTheBalancersRetry() {
		assertThat(remaining(HttpMethod.GET, "", "")).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1750));
	}

	@Test
	void deadlineOfAWriteIsBeforeTheBalancersTimeout() {
		assertThat(remaining(HttpMethod.POST, "", signIn())).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(29));
	}

	@Test
	void shorterTimeoutInTheHeaderApplies() {
		assertThat(remaining(HttpMethod.GET, "500", "")).isLessThanOrEqualTo(Duration.ofMillis(438));
		assertThat(remaining(HttpMethod.POST, "3000", signIn())).isBetween(Duration.ofMillis(1500),
				Duration.ofMillis(2625));
	}

	@Test
	void longerOrInvalidTimeoutInTheHeaderDoesNotApply() {
		assertThat(remaining(HttpMethod.GET, "99999999", "")).isLessThanOrEqualTo(Duration.ofMillis(1750));
		assertThat(remaining(HttpMethod.GET, "soon", "")).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1750));
	}

	@Test
	void defaultsMatchTheBalancer() throws IOException {
		assertThat(balancerTimeout("timeout server +(\\d+)s")).isEqualTo(Duration.ofSeconds(30));
		Duration readTimeout = balancerTimeout("set-timeout server (\\d+)s if safe");
		assertThat(readTimeout).isEqualTo(Duration.ofSeconds(2));
		// After its timeout, nginx sends a stale page or a 504 response, so the statement
		// must end before that.
		Duration pageTimeout = timeoutInFile("deploy/roles/nginx/templates/nginx.conf.j2",
				"proxy_read_timeout (\\d+)ms;", ChronoUnit.MILLIS);
		assertThat(pageTimeout).isLessThan(readTimeout);
		assertThat(this.database.pool().readStatementTimeout()).isLessThan(pageTimeout)
			.isGreaterThan(pageTimeout.dividedBy(2));
	}

	private static Duration balancerTimeout(String pattern) throws IOException {
		return timeoutInFile("haproxy/haproxy.cfg", pattern, ChronoUnit.SECONDS);
	}

	private static Duration timeoutInFile(String file, String pattern, ChronoUnit unit) throws IOException {
		var matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
		assertThat(matcher.find()).as(pattern).isTrue();
		return Duration.of(Long.parseLong(matcher.group(1)), unit);
	}

	@Test
	void status504OnlyIfAnotherInstanceMaySucceed() {
		assertFails("/api/no-server", "2000", 504);
		assertFails("/api/no-server", "", 503);
		assertFails("/api/too-late", "2000", 504);
		assertFails("/api/too-slow", "2000", 503);
		assertFails("/api/no-primary", "2000", 503);
	}

	private void assertFails(String path, String timeoutHeader, int status) {
		this.client.get().uri(path).headers((headers) -> {
			if (!timeoutHeader.isEmpty()) {
				headers.set("X-Request-Timeout-Ms", timeoutHeader);
			}
		})
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.valueEquals("Retry-After", "2")
			.expectBody()
			.json("{\"errors\":{\"database\":[\"unavailable\"]}}");
	}

	private Duration remaining(HttpMethod method, String timeoutHeader, String token) {
		String millis = body(this.client.method(method).uri("/api/time-left").headers((headers) -> {
			if (!timeoutHeader.isEmpty()) {
				headers.set("X-Request-Timeout-Ms", timeoutHeader);
			}
			if (!token.isEmpty()) {
				headers.set("Authorization", "Token " + token);
			}
		}).exchange());
		return Duration.ofMillis(Long.parseLong(millis));
	}

	private String signIn() {
		String name = "clock-" + System.nanoTime();
		var user = Map.of("username", name, "email", name + "@example.com", "password", "password1");
		return JsonPath.read(body(this.client.post()
			.uri("/api/users")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user", user))
			.exchange()), "$.user.token");
	}

	private static String body(RestTestClient.ResponseSpec response) {
		return new String(
				response.expectStatus().is2xxSuccessful().expectBody().returnResult().getResponseBodyContent());
	}

	@RestController
	static class DeadlineController {

		@RequestMapping("/api/time-left")
		long remaining() {
			return Deadline.current().remaining().toMillis();
		}

		@GetMapping("/api/no-server")
		long noServer() {
			throw new NoServerException("thrown by the test");
		}

		@GetMapping("/api/no-primary")
		long noPrimary() {
			throw new PrimaryWaitTimeoutException("thrown by the test", null);
		}

		@GetMapping("/api/too-late")
		long tooLate() {
			throw new DeadlineExceededException();
		}

		@GetMapping("/api/too-slow")
		long tooSlow() {
			throw new QueryTimeoutException("thrown by the test");
		}

	}

}
