package com.foobar.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

import com.foobar.web.security.SignInTokens;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client of a new user who is signed in. It sends requests to the API and to pages
 * exactly as the test specifies them.
 */
final class UserClient {

	private static final JsonMapper json = new JsonMapper();

	private static final HttpClient client = HttpClient.newHttpClient();

	private final String site;

	private final String token;

	private final String name;

	private UserClient(String site, String token, String name) {
		this.site = site;
		this.token = token;
		this.name = name;
	}

	/** Inserts a user with an invalid password hash, and returns their client. */
	static UserClient add(JdbcClient jdbc, SignInTokens tokens, int port) {
		String name = "w" + UUID.randomUUID();
		var id = new GeneratedKeyHolder();
		jdbc.sql("INSERT INTO users (username, email, password, created_at) VALUES (:name, :email, '!', :now)")
			.param("name", name)
			.param("email", name + "@example.com")
			.param("now", LocalDateTime.now(ZoneOffset.UTC))
			.update(id, "id");
		return new UserClient("http://localhost:" + port, tokens.issue(id.getKey().longValue(), "!"), name);
	}

	String token() {
		return this.token;
	}

	String name() {
		return this.name;
	}

	HttpResponse<String> post(String path, Map<String, ?> body) {
		return send("POST", path, body);
	}

	HttpResponse<String> put(String path, Map<String, ?> body) {
		return send("PUT", path, body);
	}

	HttpResponse<String> comment(String slug, String text) {
		return post("/api/articles/" + slug + "/comments", Map.of("comment", Map.of("body", text)));
	}

	DocumentContext putUser(Map<String, ?> user) {
		return JsonPath.parse(put("/api/user", Map.of("user", user)).body());
	}

	DocumentContext read(String path) {
		return JsonPath.parse(get(path).body());
	}

	HttpResponse<String> get(String path) {
		return send("GET", path, Map.of());
	}

	private HttpResponse<String> send(String method, String path, Map<String, ?> body) {
		var request = HttpRequest.newBuilder(URI.create(this.site + path))
			.header("Authorization", "Token " + this.token)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
			.build();
		try {
			return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Document open(String path) throws IOException {
		return page(path).execute().parse();
	}

	/** Submits a form as a browser does, without following a redirect. */
	Connection.Response postForm(String path, Map<String, String> fields) throws IOException {
		return page(path).method(Connection.Method.POST).header("Sec-Fetch-Site", "same-origin").data(fields).execute();
	}

	private Connection page(String path) {
		return Jsoup.connect(this.site + path)
			.cookie("sign-in", this.token)
			.ignoreHttpErrors(true)
			.followRedirects(false)
			.maxBodySize(0);
	}

}
