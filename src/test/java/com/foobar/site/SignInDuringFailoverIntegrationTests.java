package com.foobar.site;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.foobar.database.Instance;
import com.foobar.database.MySqlPair;
import com.foobar.database.topology.ServerRole;
import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests sign-ins and tokens while no server accepts writes. */
class SignInDuringFailoverIntegrationTests {

	private static Instance site;

	private final ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor();

	@BeforeAll
	static void start() {
		site = Instance.start(new MySqlPair(), "foobar.password.max-concurrent=1", "foobar.password.timeout=1s",
				"foobar.database.read.max-lag=1m", "foobar.consistency.lifetime=2m");
		site.awaitRole(MySqlPair.second, ServerRole.REPLICA);
	}

	@AfterEach
	void repair() {
		restorePrimary();
		MySqlPair.delay(Duration.ZERO);
		MySqlPair.awaitReplicas();
		this.visitors.close();
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Test
	void signInWaitsForAPrimaryLikeAnyOtherWrite() throws Exception {
		String token = token(post("/api/users", Map.of(), account("patient")));
		String article = post("/api/articles", authorization(token),
				Map.of("article", Map.of("title", "Held", "description", "About it", "body", "All of it")));
		String slug = JsonPath.read(article, "$.article.slug");
		removePrimary();
		List<Future<Integer>> waiting = Stream
			.<Callable<Integer>>of(() -> status(HttpMethod.POST, "/api/users/login", Map.of(), account("patient")),
					() -> status(HttpMethod.POST, "/api/users/login", Map.of(), account("patient")),
					() -> status(HttpMethod.POST, "/api/articles/%s/comments".formatted(slug), authorization(token),
							Map.of("comment", Map.of("body", "Held"))))
			.map(this.visitors::submit)
			.toList();
		awaitWaiting(3);
		restorePrimary();
		assertThat(waiting).extracting(Future::get).containsExactly(200, 200, 201);
	}

	@Test
	void revokedTokenCannotWriteEvenIfTheReplicaStillAcceptsIt() throws Exception {
		String former = token(post("/api/users", Map.of(), account("careful")));
		String other = token(post("/api/users/login", Map.of(), account("careful")));
		String position = send(HttpMethod.GET, "/api/user", authorization(former), Map.of()).getResponseHeaders()
			.getFirst("Consistency-Token");
		MySqlPair.awaitReplicas();
		MySqlPair.delay(Duration.ofSeconds(30));
		assertThat(status(HttpMethod.PUT, "/api/user", authorization(other),
				Map.of("user", Map.of("password", "password2"))))
			.isEqualTo(200);
		removePrimary();
		var stale = Map.of("Authorization", "Token " + former, "Consistency-Token", position);
		Future<Integer> write = this.visitors.submit(() -> status(HttpMethod.POST, "/api/articles", stale,
				Map.of("article", Map.of("title", "Stolen", "description", "About it", "body", "All of it"))));
		awaitWaiting(1);
		restorePrimary();
		assertThat(write.get()).isEqualTo(401);
		assertThat(status(HttpMethod.GET, "/api/articles/stolen", Map.of(), Map.of())).isEqualTo(404);
	}

	@Test
	void newTokenIsNotRejectedByAReplicaThatDoesNotHaveItYet() {
		String former = token(post("/api/users", Map.of(), account("renewed")));
		MySqlPair.awaitReplicas();
		MySqlPair.delay(Duration.ofSeconds(30));
		String token = token(new String(send(HttpMethod.PUT, "/api/user", authorization(former),
				Map.of("user", Map.of("password", "password2")))
			.getResponseBodyContent()));
		removePrimary();
		var response = send(HttpMethod.GET, "/api/user", authorization(token), Map.of());
		assertThat(response.getStatus().value()).isEqualTo(503);
		assertThat(JsonPath.<String>read(new String(response.getResponseBodyContent()), "$.errors.database[0]"))
			.isEqualTo("unavailable");
		var page = send(HttpMethod.GET, "/", Map.of("Cookie", "sign-in=" + token), Map.of());
		assertThat(page.getStatus().value()).isEqualTo(503);
		assertThat(page.getResponseHeaders().getOrEmpty("Set-Cookie")).noneMatch((set) -> set.startsWith("sign-in="));
		restorePrimary();
		Awaitility.await().until(() -> site.topology().primary().isPresent());
		assertThat(status(HttpMethod.GET, "/api/user", authorization(token), Map.of())).isEqualTo(200);
	}

	private static void removePrimary() {
		MySqlPair.run(MySqlPair.first, "SET GLOBAL super_read_only = ON");
		Awaitility.await().until(() -> site.topology().primary().isEmpty());
	}

	private static void restorePrimary() {
		MySqlPair.run(MySqlPair.first, "SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
	}

	private static void awaitWaiting(int count) {
		MeterRegistry meters = site.bean(MeterRegistry.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(8))
			.until(() -> (int) meters.get("database.primary.waiting").gauge().value(), (waiting) -> waiting == count);
	}

	private static Map<String, ?> account(String name) {
		return Map.of("user", Map.of("username", name, "email", name + "@example.com", "password", "password1"));
	}

	private static Map<String, String> authorization(String token) {
		return Map.of("Authorization", "Token " + token);
	}

	private static String token(String user) {
		return JsonPath.read(user, "$.user.token");
	}

	private static String post(String path, Map<String, String> headers, Map<String, ?> body) {
		return new String(send(HttpMethod.POST, path, headers, body).getResponseBodyContent());
	}

	private static int status(HttpMethod method, String path, Map<String, String> headers, Map<String, ?> body) {
		return send(method, path, headers, body).getStatus().value();
	}

	private static EntityExchangeResult<byte[]> send(HttpMethod method, String path, Map<String, String> headers,
			Map<String, ?> body) {
		return RestTestClient.bindToServer()
			.baseUrl(site.url())
			.build()
			.method(method)
			.uri(path)
			.headers((all) -> headers.forEach(all::set))
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectBody()
			.returnResult();
	}

}
