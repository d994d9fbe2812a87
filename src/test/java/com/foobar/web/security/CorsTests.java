package com.foobar.web.security;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the CORS headers of the API, and that pages have none. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "foobar.api.origins=https://app.example.com,http://localhost:4100")
@AutoConfigureRestTestClient
class CorsTests {

	@Autowired
	RestTestClient client;

	@Test
	void scriptsOfConfiguredOriginsMayUseTheApi() {
		for (String origin : new String[] { "https://app.example.com", "http://localhost:4100" }) {
			exchange(HttpMethod.OPTIONS, "/api/user", origin).expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Access-Control-Allow-Origin", origin)
				.expectHeader()
				.value("Access-Control-Allow-Methods", (methods) -> assertThat(methods).contains("PUT"))
				.expectHeader()
				.value("Access-Control-Allow-Headers",
						(headers) -> assertThat(headers).containsIgnoringCase("Authorization")
							.containsIgnoringCase("Content-Type")
							.containsIgnoringCase("Idempotency-Key")
							.containsIgnoringCase("Consistency-Token"))
				.expectHeader()
				.doesNotExist("Access-Control-Allow-Credentials");
		}
	}

	@Test
	void scriptsOfConfiguredOriginsMayReadResponsesErrorsAndTokens() {
		for (String path : new String[] { "/api/openapi.yaml", "/api/user", "/api/nowhere" }) {
			exchange(HttpMethod.GET, path, "https://app.example.com").expectHeader()
				.valueEquals("Access-Control-Allow-Origin", "https://app.example.com")
				.expectHeader()
				.value("Access-Control-Expose-Headers", (headers) -> assertThat(headers).contains("Consistency-Token"));
		}
	}

	@Test
	void otherOriginsGetNoCorsHeaders() {
		for (String origin : new String[] { "https://evil.example.com", "https://app.example.com.evil.com", "null" }) {
			for (HttpMethod method : new HttpMethod[] { HttpMethod.OPTIONS, HttpMethod.GET }) {
				exchange(method, "/api/openapi.yaml", origin).expectStatus()
					.isOk()
					.expectHeader()
					.doesNotExist("Access-Control-Allow-Origin");
			}
		}
	}

	@Test
	void pagesHaveNoCorsHeaders() {
		exchange(HttpMethod.GET, "/", "https://app.example.com").expectStatus()
			.isOk()
			.expectHeader()
			.doesNotExist("Access-Control-Allow-Origin");
	}

	private RestTestClient.ResponseSpec exchange(HttpMethod method, String path, String origin) {
		return this.client.method(method)
			.uri(path)
			.header("Origin", origin)
			.header("Access-Control-Request-Method", "PUT")
			.header("Access-Control-Request-Headers", "authorization,content-type,idempotency-key,consistency-token")
			.exchange();
	}

}
