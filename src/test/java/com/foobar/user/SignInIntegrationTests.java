package com.foobar.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.foobar.database.MySqlPair;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests passwords and tokens while the replica is behind the primary. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "foobar.site.url=https://www.foobar.com")
@ContextConfiguration(initializers = MySqlPair.class)
class SignInIntegrationTests {

	private static final Map<String, String> USER = Map.of("username", "lagging", "email", "lagging@example.com",
			"password", "password1");

	@LocalServerPort
	int port;

	@Test
	void consistencyCookieIsSecureOverHttps() {
		var user = Map.of("username", "secure", "email", "secure@example.com", "password", "password1");
		assertThat(send(HttpMethod.POST, "/api/users", Map.of(), user).getResponseHeaders().get("Set-Cookie"))
			.singleElement()
			.asString()
			.startsWith("__Host-consistency=")
			.contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax");
	}

	@AfterEach
	void awaitReplicas() {
		MySqlPair.delay(Duration.ZERO);
		MySqlPair.awaitReplicas();
	}

	@Test
	void newPasswordHoldsBeforeTheReplicaHasIt() {
		String otherToken = signInToken(send(HttpMethod.POST, "/api/users", Map.of(), USER));
		String token = signInToken(send(HttpMethod.POST, "/api/users/login", Map.of(), USER));
		MySqlPair.awaitReplicas();
		MySqlPair.delay(Duration.ofSeconds(2));
		var changed = send(HttpMethod.PUT, "/api/user", Map.of("Authorization", "Token " + token),
				Map.of("password", "password2"));
		String position = changed.getResponseHeaders().getFirst("Consistency-Token");
		for (Map<String, String> headers : List.of(Map.<String, String>of(), Map.of("Consistency-Token", position))) {
			assertThat(statusOfUser(signInToken(changed), headers)).isEqualTo(200);
			assertThat(statusOfUser(token, headers)).isEqualTo(200);
			assertThat(statusOfUser(otherToken, headers)).isEqualTo(401);
		}
		assertThat(send(HttpMethod.POST, "/api/users/login", Map.of(), USER).getStatus().value()).isEqualTo(401);
	}

	private int statusOfUser(String token, Map<String, String> headers) {
		return client().get()
			.uri("/api/user")
			.header("Authorization", "Token " + token)
			.headers((all) -> headers.forEach(all::set))
			.exchange()
			.returnResult(String.class)
			.getStatus()
			.value();
	}

	private EntityExchangeResult<byte[]> send(HttpMethod method, String path, Map<String, String> headers,
			Map<String, String> user) {
		return client().method(method)
			.uri(path)
			.headers((all) -> headers.forEach(all::set))
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user", user))
			.exchange()
			.expectBody()
			.returnResult();
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	private static String signInToken(EntityExchangeResult<byte[]> response) {
		assertThat(response.getStatus().is2xxSuccessful()).isTrue();
		return JsonPath.read(new String(response.getResponseBodyContent()), "$.user.token");
	}

}
