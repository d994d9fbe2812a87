package com.foobar.article;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The newest articles, for feed readers.
 *
 * @param path where the feed itself is
 * @param page the path of the page that lists the same
 * @param entries the newest first
 */
public record Feed(String title, String path, String page, List<Entry> entries) {

	/** When something in it last changed; long ago if there is nothing in it. */
	public Instant updated() {
		return this.entries.stream().map(Entry::updated).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
	}

	/**
	 * An article.
	 *
	 * @param id stays the same when the title, and with it the slug, changes
	 * @param html its body
	 * @param author their name
	 */
	public record Entry(long id, String slug, String title, String description, String html, Instant published,
			Instant updated, String author) {
	}

}
