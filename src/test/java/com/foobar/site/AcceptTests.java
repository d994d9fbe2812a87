package com.foobar.site;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.foobar.web.security.SignInTokens;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the Accept header of a request changes neither the status nor the type of
 * its response.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AcceptTests {

	private static final Map<String, String> VARIABLES = Map.of("slug", "check-the-numbers", "username", "grace", "tag",
			"operations", "part", "0", "id", "0");

	private static final List<String> OTHER_PATHS = List.of("/assets/site.css", "/favicon.ico", "/apple-touch-icon.png",
			"/nowhere", "/api/nowhere", "/api/articles/nowhere", "/readyz", "/livez");

	@Autowired
	Collection<RequestMappingInfoHandlerMapping> mappings;

	@Autowired
	SignInTokens tokens;

	@LocalServerPort
	int port;

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/xml", "image/png", "text/html;q=0.1", "nonsense", "*/*;q=x",
			"application/json;;;", "" })
	void acceptHeaderDoesNotChangeStatusOrType(String accept) throws Exception {
		assertThat(requests()).hasSizeGreaterThan(50);
		for (HttpRequest request : requests()) {
			String response = statusAndType(send(request, (builder) -> builder));
			assertThat(statusAndType(send(request, (builder) -> builder.header("Accept", accept)))).as("%s", request)
				.isEqualTo(response);
		}
	}

	@Test
	void clientsWithoutJsonGetJson() throws Exception {
		HttpRequest publish = request("POST", "/api/articles", "application/json",
				"{\"article\":{\"title\":\"Odd header\",\"description\":\"d\",\"body\":\"b\"}}");
		HttpResponse<String> response = send(publish, (builder) -> builder.header("Accept", "text/plain"));
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json;charset=UTF-8");
		String slug = JsonPath.read(response.body(), "$.article.slug");
		HttpResponse<String> read = send(request("GET", "/api/articles/" + slug, "application/json", ""),
				(builder) -> builder.header("Accept", "text/plain"));
		assertThat(JsonPath.<String>read(read.body(), "$.article.title")).isEqualTo("Odd header");
	}

	// Returns one request for every handler, and requests for files and unknown paths.
	private List<HttpRequest> requests() {
		Stream<HttpRequest> known = this.mappings.stream()
			.flatMap((mapping) -> mapping.getHandlerMethods().keySet().stream())
			.flatMap((info) -> info.getPatternValues()
				.stream()
				.flatMap((pattern) -> methods(info.getMethodsCondition().getMethods())
					.map((method) -> request(method.name(), expand(pattern, method), contentType(pattern), "{}"))));
		return Stream.concat(known, OTHER_PATHS.stream().map((file) -> request("GET", file, "application/json", "")))
			.toList();
	}

	private static Stream<RequestMethod> methods(Collection<RequestMethod> declared) {
		return declared.isEmpty() ? Stream.of(RequestMethod.GET, RequestMethod.POST) : declared.stream();
	}

	private static String contentType(String pattern) {
		return pattern.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
	}

	// Fills in the variables of a path. Writes get names that do not exist, so they
	// change no data of other tests.
	private static String expand(String pattern, RequestMethod method) {
		String path = pattern;
		for (var variable : VARIABLES.entrySet()) {
			path = path.replace("{" + variable.getKey() + "}",
					(method == RequestMethod.GET) ? variable.getValue() : "nowhere");
		}
		return path.replace("**", "x");
	}

	private HttpRequest request(String method, String path, String type, String body) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.header("Content-Type", type)
			.header("Authorization", "Token " + this.tokens.issue(1, "!"))
			.build();
	}

	private static HttpResponse<String> send(HttpRequest request, UnaryOperator<HttpRequest.Builder> headers)
			throws IOException, InterruptedException {
		HttpRequest sent = headers.apply(HttpRequest.newBuilder(request, (name, value) -> true)).build();
		try (var client = HttpClient.newHttpClient()) {
			return client.send(sent, HttpResponse.BodyHandlers.ofString());
		}
	}

	private static String statusAndType(HttpResponse<?> response) {
		return response.statusCode() + " " + response.headers().firstValue("Content-Type").orElse("without a type");
	}

}
