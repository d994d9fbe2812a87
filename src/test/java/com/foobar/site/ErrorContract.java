package com.foobar.site;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static com.foobar.ApiResponses.assertError;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the API's responses to malformed, impossible and unexpected requests. */
abstract class ErrorContract extends SiteContract {

	@Test
	void malformedJsonIsReported() {
		assertError(post("/api/users", "{\"user\":"), 400, "body", "is not valid JSON");
		assertError(post("/api/users", ""), 422, "body", "can't be blank");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"body\":\"x", "\"more\":[" })
	void tooLargeBodyGets413(String field) {
		String filler = field.substring(field.length() - 1).repeat(1_100_000);
		assertError(send(HttpMethod.POST, "/api/articles", register(), "{\"article\":{" + field + filler), 413, "body",
				"is too large");
	}

	@ParameterizedTest
	@ValueSource(strings = { "//api/nowhere", "/api", "/%61pi/nowhere", "/api/articles/%ff", "/api/articles/%00",
			"/api/articles/a%2fb", "/api/articles/%zz" })
	void malformedUrlsGetTheErrorFormat(String address) throws IOException {
		try (var socket = new Socket("localhost", this.port)) {
			socket.getOutputStream()
				.write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(address)
					.getBytes(StandardCharsets.UTF_8));
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(response).matches("(?s)HTTP/1.1 4\\d\\d.*")
				.containsIgnoringCase("content-type: application/json;charset=utf-8")
				.contains("{\"errors\":{");
		}
	}

	@Test
	void unknownPathsAndMethodsGetTheErrorFormat() {
		assertError(get("/api/nowhere"), 404, "path", "not found");
		assertError(this.client.method(HttpMethod.PATCH)
			.uri("/api/tags")
			.header("Authorization", "Token " + register())
			.exchange(), 405, "method", "not allowed");
		assertError(this.client.post().uri("/api/users").contentType(MediaType.TEXT_PLAIN).body("x").exchange(), 415,
				"content-type", "not supported");
	}

	@Test
	void unknownResourcesGet404() {
		assertError(get("/api/articles/no-such-article"), 404, "article", "not found");
		assertError(get("/api/profiles/nobody"), 404, "profile", "not found");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application/json         | {"article":            | 400
			application/json         | []                     | 422
			application/json         | {"comment":5}          | 422
			application/json         | ''                     | 422
			application/json         | {"article":{"body":5}} | 422
			text/plain               | {}                     | 415
			multipart/form-data      | {}                     | 415
			                         | {}                     | 415
			""")
	void missingOrForeignArticleComesBeforeTheBody(String type, String body, int status) {
		String author = register();
		String slug = publishArticle(author);
		String other = registerOther("other");
		for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.POST)) {
			String suffix = method.equals(HttpMethod.POST) ? "/comments" : "";
			String missing = "/api/articles/no-such-article" + suffix;
			assertError(sendAs(method, missing, "", type, body), 401, "token", "is missing");
			assertError(sendAs(method, missing, other, type, body), 404, "article", "not found");
			if (method.equals(HttpMethod.PUT)) {
				assertError(sendAs(method, "/api/articles/" + slug, other, type, body), 403, "article", "forbidden");
			}
			sendAs(method, "/api/articles/" + slug + suffix, author, type, body).expectStatus().isEqualTo(status);
		}
	}

	@Test
	void unexpectedBodiesAreIgnored() {
		String token = register();
		String slug = publishArticle(token);
		String reader = registerOther("reader");
		for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.DELETE)) {
			for (String path : List.of("/api/articles/" + slug + "/favorite",
					"/api/profiles/" + this.name + "/follow")) {
				send(method, path, reader, "{\"stray\":").expectStatus().isOk();
				sendAs(method, path, reader, "multipart/form-data", "x").expectStatus().isOk();
			}
		}
	}

	@Test
	void answersOptionsRequests() {
		this.client.options()
			.uri("/api/articles")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.value("Allow", (allowed) -> assertThat(allowed).contains("GET", "POST"));
	}

	private ResponseSpec sendAs(HttpMethod method, String path, String token, String type, String body) {
		return this.client.method(method)
			.uri(path)
			.headers((headers) -> headers.set("Authorization", "Token " + token))
			.headers((headers) -> {
				if (type != null) {
					headers.set("Content-Type", type);
				}
			})
			.body(body.getBytes(StandardCharsets.UTF_8))
			.exchange();
	}

}
