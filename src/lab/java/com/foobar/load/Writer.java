package com.foobar.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.foobar.load.Event.Kind;

/**
 * A client that publishes articles and comments on them, and checks after each comment
 * that it is there. It repeats unacknowledged writes with the same idempotency key, so
 * that they take effect once. Every third comment has no key, and the client sends it
 * once only.
 */
final class Writer implements Runnable {

	private static final Duration INTERVAL = Duration.ofMillis(200);

	private static final Duration RETRY_INTERVAL = Duration.ofMillis(250);

	// Keeps lists short. An article with 50 comments is ten seconds old, and so on all
	// replicas.
	private static final int COMMENTS_PER_ARTICLE = 50;

	private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

	private final Run run;

	private final Site site;

	private final String name;

	private final AtomicReference<String> appliedArticle;

	// The headers with the token and the position.
	private final Map<String, String> headers = new HashMap<>();

	private String article = "";

	private int articles;

	private int comments;

	Writer(Run run, Site site, String name, AtomicReference<String> appliedArticle) {
		this.run = run;
		this.site = site;
		this.name = name;
		this.appliedArticle = appliedArticle;
	}

	@Override
	public void run() {
		register();
		this.run.repeat(INTERVAL, () -> {
			if (this.article.isEmpty() || this.comments == COMMENTS_PER_ARTICLE) {
				publish();
			}
			else {
				comment();
			}
		});
	}

	private void register() {
		write(this.name, "/api/users", """
				{"user": {"username": "%s", "email": "%1$s@example.com", "password": "password1"}}
				""".formatted(this.name)).ifPresent((response) -> {
			Matcher token = TOKEN.matcher(response.body());
			if (token.find()) {
				this.headers.put("Authorization", "Token " + token.group(1));
			}
		});
	}

	// The title is such that the slug is the same.
	private void publish() {
		this.appliedArticle.set(this.article);
		this.article = "%s-a%d".formatted(this.name, ++this.articles);
		this.comments = 0;
		write(this.article, "/api/articles", """
				{"article": {"title": "%s", "description": "To be discussed", "body": "At length"}}
				""".formatted(this.article));
	}

	private void comment() {
		String comment = "%s-c%d".formatted(this.article, ++this.comments);
		String list = "/api/articles/%s/comments".formatted(this.article);
		String json = """
				{"comment": {"body": "%s"}}
				""".formatted(comment);
		Optional<Response> response = (this.comments % 3 == 0) ? writeOnce(comment, list, json)
				: write(comment, list, json);
		response.ifPresent((written) -> check(list, comment));
	}

	private Optional<Response> write(String subject, String path, String json) {
		long began = System.currentTimeMillis();
		Map<String, String> headersWithKey = new HashMap<>(this.headers);
		headersWithKey.put("Idempotency-Key", subject);
		do {
			Optional<Response> response = attempt(began, subject, path, json, headersWithKey);
			if (response.isPresent()) {
				return response;
			}
		}
		while (this.run.pause(RETRY_INTERVAL));
		this.run.record(Kind.UNRESOLVED, began, subject, "");
		return Optional.empty();
	}

	// Most clients do this. If the comment exists twice, a part of the site has repeated
	// the request, not the client.
	private Optional<Response> writeOnce(String subject, String path, String json) {
		long began = System.currentTimeMillis();
		Optional<Response> response = attempt(began, subject, path, json, this.headers);
		if (response.isEmpty()) {
			this.run.record(Kind.UNRESOLVED, began, subject, "");
		}
		return response;
	}

	private Optional<Response> attempt(long began, String subject, String path, String json,
			Map<String, String> headers) {
		long attempt = System.currentTimeMillis();
		Response response = this.site.post(path, json, headers);
		if (response.status() != 201) {
			this.run.record(Kind.ATTEMPT_FAILED, attempt, subject, response.detail());
			return Optional.empty();
		}
		this.run.record(Kind.WRITTEN, began, subject, response.detail());
		response.position().ifPresent((position) -> this.headers.put("Consistency-Token", position));
		return Optional.of(response);
	}

	// Reads in turn with the token and the position, and anonymously. Both must return
	// the comment: anonymous reads of the API include all acknowledged writes.
	private void check(String list, String comment) {
		boolean signedIn = this.comments % 2 == 0;
		long began = System.currentTimeMillis();
		Response response = this.site.get(list, signedIn ? this.headers : Map.of());
		this.run.record(classify(response, comment, signedIn), began, comment,
				(signedIn ? "with position, " : "anonymous, ") + response.detail());
	}

	// A read with a position must never return degraded data.
	private static Kind classify(Response response, String comment, boolean signedIn) {
		if (response.status() != 200) {
			return Kind.READ_FAILED;
		}
		if (response.body().contains('"' + comment + '"')) {
			return Kind.FOUND;
		}
		return (response.degraded() && !signedIn) ? Kind.DEGRADED : Kind.STALE;
	}

}
