package com.foobar.load;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** An anonymous client that reads pages and from the API. */
final class Reader implements Runnable {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private final Run run;

	private final Site site;

	private final AtomicReference<String> appliedArticle;

	private int turn;

	/**
	 * Creates a reader.
	 * @param appliedArticle the slug of an article that every replica has already applied
	 */
	Reader(Run run, Site site, AtomicReference<String> appliedArticle) {
		this.run = run;
		this.site = site;
		this.appliedArticle = appliedArticle;
	}

	@Override
	public void run() {
		this.run.repeat(INTERVAL, () -> read(path()));
	}

	private String path() {
		String article = this.appliedArticle.get();
		return switch (this.turn++ % (article.isEmpty() ? 2 : 3)) {
			case 0 -> "/";
			case 1 -> "/api/articles";
			default -> "/article/" + article;
		};
	}

	private void read(String path) {
		long began = System.currentTimeMillis();
		Response response = this.site.get(path, Map.of());
		this.run.record((response.status() == 200) ? Event.Kind.READ : Event.Kind.READ_FAILED, began, path,
				response.detail());
	}

}
