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
 * Somebody who opens articles and comments on them, and looks after each comment whether
 * it is there. What was not acknowledged is sent again under the same key, so that it is
 * written once whatever came of it the first time; but every third comment has no key and
 * is sent once.
 */
final class Writer implements Runnable {

	private static final Duration INTERVAL = Duration.ofMillis(200);

	private static final Duration RETRY_INTERVAL = Duration.ofMillis(250);

	// Lists stay short, and an article that has so many comments is ten seconds old.
	private static final int COMMENTS = 50;

	private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

	private final Run run;

	private final Site site;

	private final String name;

	private final AtomicReference<String> discussed;

	// Who it is, and up to where it has seen.
	private final Map<String, String> headers = new HashMap<>();

	private String article = "";

	private int articles;

	private int comments;

	Writer(Run run, Site site, String name, AtomicReference<String> discussed) {
		this.run = run;
		this.site = site;
		this.name = name;
		this.discussed = discussed;
	}

	@Override
	public void run() {
		register();
		this.run.repeat(INTERVAL, () -> {
			if (this.article.isEmpty() || this.comments == COMMENTS) {
				open();
			}
			else {
				comment();
			}
		});
	}

	private void register() {
		write(this.name, "/api/users", """
				{"user": {"username": "%s", "email": "%1$s@example.com", "password": "password1"}}
				""".formatted(this.name)).ifPresent((answer) -> {
			Matcher token = TOKEN.matcher(answer.body());
			if (token.find()) {
				this.headers.put("Authorization", "Token " + token.group(1));
			}
		});
	}

	// The title is made so that it is the slug, too.
	private void open() {
		this.discussed.set(this.article);
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
		Optional<Answer> answer = (this.comments % 3 == 0) ? writeOnce(comment, list, json)
				: write(comment, list, json);
		answer.ifPresent((written) -> look(list, comment));
	}

	private Optional<Answer> write(String subject, String path, String json) {
		long began = System.currentTimeMillis();
		Map<String, String> keyed = new HashMap<>(this.headers);
		keyed.put("Idempotency-Key", subject);
		do {
			Optional<Answer> answer = attempt(began, subject, path, json, keyed);
			if (answer.isPresent()) {
				return answer;
			}
		}
		while (this.run.pause(RETRY_INTERVAL));
		this.run.note(Kind.UNRESOLVED, began, subject, "");
		return Optional.empty();
	}

	// As most clients do: if it is there twice after all, it was not they who sent it
	// again.
	private Optional<Answer> writeOnce(String subject, String path, String json) {
		long began = System.currentTimeMillis();
		Optional<Answer> answer = attempt(began, subject, path, json, this.headers);
		if (answer.isEmpty()) {
			this.run.note(Kind.UNRESOLVED, began, subject, "");
		}
		return answer;
	}

	private Optional<Answer> attempt(long began, String subject, String path, String json,
			Map<String, String> headers) {
		long attempt = System.currentTimeMillis();
		Answer answer = this.site.post(path, json, headers);
		if (answer.status() != 201) {
			this.run.note(Kind.ATTEMPT_FAILED, attempt, subject, answer.detail());
			return Optional.empty();
		}
		this.run.note(Kind.WRITTEN, began, subject, answer.detail());
		answer.position().ifPresent((position) -> this.headers.put("Consistency-Token", position));
		return Optional.of(answer);
	}

	// In turns as who has seen its own comment, and as somebody of whom nothing is known
	// and who is shown all that was acknowledged to anybody.
	private void look(String list, String comment) {
		boolean known = this.comments % 2 == 0;
		long began = System.currentTimeMillis();
		Answer answer = this.site.get(list, known ? this.headers : Map.of());
		this.run.note(judge(answer, comment, known), began, comment,
				(known ? "known, " : "unknown, ") + answer.detail());
	}

	// Who is known is shown everything or nothing.
	private static Kind judge(Answer answer, String comment, boolean known) {
		if (answer.status() != 200) {
			return Kind.READ_FAILED;
		}
		if (answer.body().contains('"' + comment + '"')) {
			return Kind.FOUND;
		}
		return (answer.degraded() && !known) ? Kind.DEGRADED : Kind.STALE;
	}

}
