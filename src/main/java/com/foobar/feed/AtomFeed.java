package com.foobar.feed;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some of the newest articles, for feed readers.
 *
 * @param path where the feed itself is
 * @param page the path of the page that lists the same
 * @param number which part of the feed this is, from 1
 * @param hasMore whether there are older articles
 * @param entries the newest first
 */
public record AtomFeed(String title, String path, String page, int number, boolean hasMore, List<Entry> entries) {

	/** When something in it last changed; long ago if there is nothing in it. */
	public Instant updated() {
		return this.entries.stream().map(Entry::updated).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
	}

	/** Where a part of it is. */
	public String path(int number) {
		return this.path + ((number > 1) ? "?page=" + number : "");
	}

	/**
	 * An article.
	 *
	 * @param id stays the same when the title, and with it the slug, changes
	 * @param body Markdown, or null where that would make the feed too long
	 * @param html its body, or null where that would make the feed too long
	 * @param author their name
	 */
	public record Entry(long id, String slug, String title, String description, @Nullable String body,
			@Nullable String html, Instant published, Instant updated, String author) {

		/** The same, ready to be shown. */
		Entry with(@Nullable String html) {
			return new Entry(this.id, this.slug, this.title, this.description, null, html, this.published, this.updated,
					this.author);
		}

	}

}
