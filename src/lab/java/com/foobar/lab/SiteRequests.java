package com.foobar.lab;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends requests to the site through the balancer, as a visitor's browser does. */
final class SiteRequests {

	private SiteRequests() {
	}

	/**
	 * Registers a user and publishes an article through the pages, and waits until every
	 * visitor can read it. Returns its title, which is also its slug and the author's
	 * name.
	 */
	static String publish() throws IOException {
		String title = "story-" + UUID.randomUUID();
		Connection author = Jsoup.newSession();
		submit(author.newRequest(Lab.URL + "/register").get(),
				Map.of("username", title, "email", title + "@example.com", "password", "password1"));
		Connection.Response published = submit(author.newRequest(Lab.URL + "/editor").get(),
				Map.of("title", title, "description", "A story", "body", "Told *well*", "tagList", "stories"));
		// The author sees the article at once, whichever instance and replica served the
		// form.
		assertThat(published.url().getPath()).isEqualTo("/article/" + title);
		assertThat(published.statusCode()).isEqualTo(200);
		Awaitility.await().until(() -> get("/article/" + title).statusCode() == 200);
		return title;
	}

	private static Connection.Response submit(Document page, Map<String, String> fields) throws IOException {
		FormElement form = page.select("form").forms().getLast();
		fields.forEach((name, value) -> form.select("[name=" + name + "]").val(value));
		return form.submit().ignoreHttpErrors(true).execute();
	}

	/** Registers a user through the API and returns the status of the response. */
	static int register() {
		try {
			return Jsoup.connect(Lab.URL + "/api/users")
				.method(Connection.Method.POST)
				.ignoreContentType(true)
				.ignoreHttpErrors(true)
				.timeout(60_000)
				.header("Content-Type", "application/json")
				.requestBody("""
						{"user": {"username": "%1$s", "email": "%1$s@example.com", "password": "password1"}}
						""".formatted("visitor-" + UUID.randomUUID()))
				.execute()
				.statusCode();
		}
		catch (IOException ex) {
			throw new AssertionError("POST /api/users got no response", ex);
		}
	}

	/**
	 * Requests a path on a new connection and returns the response, whatever its status.
	 * @throws AssertionError if there is no response
	 */
	static Connection.Response get(String path) {
		try {
			return Jsoup.connect(Lab.URL + path).ignoreHttpErrors(true).ignoreContentType(true).execute();
		}
		catch (IOException ex) {
			throw new AssertionError("GET %s got no response".formatted(path), ex);
		}
	}

}
