package com.foobar.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;

import com.foobar.lab.Client.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which requests the balancers let in, how they respond, and which requests they
 * keep out.
 */
@Tag("lab")
@Tag("group")
class HaproxyIntegrationTests {

	private static final String HSTS = "Strict-Transport-Security";

	@ParameterizedTest
	@CsvSource({ "http://www.foobar.test/article/some?page=2, https://www.foobar.test/article/some?page=2",
			"http://foobar.test/article/some?page=2, https://www.foobar.test/article/some?page=2",
			"https://foobar.test/tag/some, https://www.foobar.test/tag/some",
			"http://other.test/, https://www.foobar.test/" })
	void requestsAreRedirectedToHttpsAndTheCanonicalHost(String from, String to) {
		Response response = Client.curl(from);
		assertThat(response.status()).isEqualTo(308);
		assertThat(response.header("Location")).contains(to);
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost/", "https://localhost/" })
	void localhostIsNotRedirected(String address) {
		Response response = Client.curl(address);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header(HSTS)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "--http1.1, HTTP/1.1", "--http2, HTTP/2", "--http3-only, HTTP/3", "--tls-max 1.2, HTTP/2" })
	void everyHttpVersionIsSupported(String option, String version) {
		Response response = Client.curl((option + " " + Client.SITE + "/").split(" "));
		assertThat(response.head().getFirst()).startsWith(version + " 200");
	}

	@ParameterizedTest
	@CsvSource({ "200, /", "200, /login", "200, /api/articles", "200, /favicon.ico", "302, /editor", "401, /api/user",
			"404, /no/such/page", "404, /api/no/such", "404, /actuator/health", "404, /assets/no-such.css",
			"400, --path-as-is /a/../b", "405, --request TRACE /", "413, --data @/usr/bin/pebble /api/users",
			"413, --data @/usr/bin/pebble /login", "308, https://foobar.test/",
			"421, --insecure --data a=b https://other.test/" })
	void everyResponseHasTheSecurityHeaders(int status, String request) {
		Response response = Client.curl(Arrays.stream(request.split(" "))
			.map((word) -> word.startsWith("/") ? Client.SITE + word : word)
			.toArray(String[]::new));
		assertSecurityHeaders(status, response);
	}

	@Test
	void forwardingHeadersOfClientsAreIgnored() {
		String path = "/no/" + UUID.randomUUID();
		Response response = Client.curl("--header", "X-Forwarded-For: 192.0.2.1", "--header",
				"Forwarded: for=192.0.2.1", "--header", "X-Real-IP: 192.0.2.1", "--header", "X-Request-Id: forged",
				Client.SITE + path);
		String id = response.header("X-Request-Id").orElseThrow();
		String log = Awaitility.await().until(() -> WebServers.log(path), (lines) -> !lines.isEmpty());
		assertThat(log).contains(id, "10.80.88.2").doesNotContain("192.0.2.1", "forged");
	}

	@Test
	void requestIdIsInTheLogsOfBalancerAndWebServer() {
		String path = "/no/" + UUID.randomUUID();
		String id = Client.get(path).header("X-Request-Id").orElseThrow();
		assertThat(Lab.on(Balancers.awaitHolder(), "journalctl", "--namespace", "access", "--unit", "haproxy", "--grep",
				id))
			.contains(path);
		Awaitility.await().until(() -> WebServers.log(id).contains(path));
	}

	@Test
	void ambiguousRequestsAreRefused() {
		assertThat(sendRaw("POST /login HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 4\\r\\n"
				+ "Transfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\nGET /smuggled HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"))
			.doesNotContain("smuggled")
			.satisfies((response) -> assertThat(response.split("HTTP/1.1 ")).hasSizeLessThanOrEqualTo(2));
		assertThat(sendRaw("GET / HTTP/1.1\\r\\nHost: localhost\\r\\nX_Forwarded_For: 192.0.2.1\\r\\n\\r\\n"))
			.startsWith("HTTP/1.1 400");
		assertThat(sendRaw("GET / HTTP/1.1\\r\\nHost: localhost\\r\\nHost: other\\r\\n\\r\\n"))
			.startsWith("HTTP/1.1 400");
		assertThat(sendRaw(
				"POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 4\\r\\nContent-Length: 5\\r\\n\\r\\nabcd"))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "414, /%s, Accept: text/html", "431, /, X-Long: %s" })
	void tooLongRequestsAreRefusedWithTheSecurityHeaders(String status, String path, String header) {
		String response = sendRaw("GET %s HTTP/1.1\\r\\nHost: localhost\\r\\n%s\\r\\n\\r\\n".formatted(path, header)
			.formatted("a".repeat(16_000)));
		assertThat(response).startsWith("HTTP/1.1 " + status)
			.containsIgnoringCase("Content-Security-Policy: default-src 'none'")
			.containsIgnoringCase("X-Content-Type-Options: nosniff");
	}

	@Test
	void onlyModernTlsIsOffered() {
		String offered = Lab.on("control", "sslscan", "--no-colour", "--sni-name=www.foobar.test", Lab.ADDRESS);
		assertThat(offered).containsPattern("SSLv2 +disabled")
			.containsPattern("SSLv3 +disabled")
			.containsPattern("TLSv1.0 +disabled")
			.containsPattern("TLSv1.1 +disabled")
			.containsPattern("TLSv1.2 +enabled")
			.containsPattern("TLSv1.3 +enabled")
			.contains("not vulnerable to heartbleed", "Compression disabled")
			.doesNotContain("RC4", "3DES", "CBC", "_SHA ", "NULL");
		assertThat(Lab.on("control", "openssl", "s_client", "-connect", Lab.ADDRESS + ":443", "-servername",
				"www.foobar.test"))
			.contains("X25519MLKEM768");
		// The connections inside the site are encrypted as well.
		String inside = Lab.on(Balancers.awaitHolder(), "openssl", "s_client", "-brief", "-verify_return_error",
				"-CAfile", "/etc/haproxy/tls/authority.pem", "-verify_hostname", "web-01", "-connect", "web-01:443");
		assertThat(inside).contains("Verification: OK", "TLSv1.3");
	}

	@Test
	void slowAndLargeRequestsDoNotAffectOthers() {
		LoadEvents events = Traffic.during(() -> {
			try (SlowVisitors readers = SlowVisitors.withHalfAHeader(300);
					SlowVisitors writers = SlowVisitors.withHalfAForm(150)) {
				Awaitility.await()
					.atMost(Duration.ofSeconds(30))
					.until(() -> readers.allTurnedAway() && writers.allTurnedAway());
			}
			Stream.generate(() -> Client.curl("--data", "@/usr/bin/pebble", Client.SITE + "/api/users"))
				.limit(10)
				.forEach((response) -> assertThat(response.status()).isEqualTo(413));
		});
		events.assertEveryReadServed();
		events.assertEveryWriteServed();
	}

	@Test
	void tooManyRequestsGet429() {
		Client.curlOn("web-01", "--insecure", Client.SITE + "/actuator/[1-1100]");
		Response response = Client.curlOn("web-01", "--insecure", Client.SITE + "/");
		assertSecurityHeaders(429, response);
		assertThat(response.header("Retry-After")).contains("10");
		assertThat(Client.get("/").status()).isEqualTo(200);
	}

	@Test
	void tooManySignInsGet429FromBothBalancers() {
		assertThat(signIn("").status()).isEqualTo(422);
		signIn("?[1-400]");
		assertSecurityHeaders(429, signIn(""));
		assertThat(signIn("").header("Retry-After")).contains("60");
		assertThat(Client.get("/").status()).isEqualTo(200);
		String holder = Balancers.awaitHolder();
		Lab.on(holder, "systemctl", "stop", "keepalived");
		try {
			Balancers.awaitOtherHolderThan(holder);
			assertThat(signIn("").status()).isEqualTo(429);
			Lab.on(Balancers.awaitHolder(), "systemctl", "reload", "haproxy");
			assertThat(signIn("").status()).isEqualTo(429);
		}
		finally {
			Lab.on(holder, "systemctl", "start", "keepalived");
		}
	}

	@Test
	void requestsGet503DuringMaintenance() {
		Lab.operate("maintenance", "-e", "state=on");
		try {
			assertSecurityHeaders(503, Client.get("/"));
			assertThat(Client.get("/api/articles").body()).startsWith("{");
			Lab.on(Balancers.awaitHolder(), "systemctl", "reload", "haproxy");
			assertThat(Client.get("/").header("Retry-After")).isPresent();
		}
		finally {
			Lab.operate("maintenance", "-e", "state=off");
		}
		assertThat(Client.get("/").status()).isEqualTo(200);
	}

	private static void assertSecurityHeaders(int status, Response response) {
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.header("Content-Security-Policy").orElse(""))
			.contains("default-src 'none'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(response.header("X-Content-Type-Options")).contains("nosniff");
		assertThat(response.header("Referrer-Policy")).contains("strict-origin-when-cross-origin");
		assertThat(response.header("Permissions-Policy")).isPresent();
		assertThat(response.header(HSTS).orElse("")).contains("max-age=63072000");
		assertThat(response.header("X-Request-Id")).isPresent();
		assertThat(response.header("Server")).isEmpty();
	}

	// The requests come from a server that the other tests do not use, because the limit
	// applies to a client's address.
	private static Response signIn(String times) {
		return Client.curlOn("ops-01", "--insecure", "--header", "Content-Type: application/json", "--data", "{}",
				Client.SITE + "/api/users/login" + times);
	}

	// Sends a request that no ordinary client sends.
	private static String sendRaw(String request) {
		return Lab.on("control", "sh", "-c",
				"printf '%%b' '%s' | timeout 5 socat -t 2 - TCP:%s:80 || true".formatted(request, Lab.ADDRESS));
	}

}
