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

/** Somebody with a browser, who comes to the site through the balancer. */
final class Visitor {

	private Visitor() {
	}

	/**
	 * Registers somebody through the pages, who publishes an article: its title, which is
	 * also its slug.
	 */
	static String publish() throws IOException {
		String title = "story-" + UUID.randomUUID();
		Connection author = Jsoup.newSession();
		submit(author.newRequest(Lab.URL + "/register").get(),
				Map.of("username", title, "email", title + "@example.com", "password", "password1"));
		Connection.Response published = submit(author.newRequest(Lab.URL + "/editor").get(),
				Map.of("title", title, "description", "A story", "body", "Told *well*", "tagList", "stories"));
		// Its author sees it at once, whichever instance and replica the form led to.
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

	/** The status that somebody is told who registers with the API. */
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
			throw new AssertionError("POST /api/users", ex);
		}
	}

	/** What anybody is answered, on a connection of its own. */
	static Connection.Response get(String path) {
		try {
			return Jsoup.connect(Lab.URL + path).ignoreHttpErrors(true).ignoreContentType(true).execute();
		}
		catch (IOException ex) {
			throw new AssertionError("GET " + path, ex);
		}
	}

}
