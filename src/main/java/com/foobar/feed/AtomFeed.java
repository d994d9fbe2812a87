package com.foobar.feed;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The model of one page of an Atom feed. Immutable.
 *
 * @param path the URL path of the feed
 * @param page the URL path of the HTML page that lists the same articles
 * @param number the number of this page of the feed, from 1
 * @param hasMore whether older articles follow
 * @param entries the articles, newest first
 */
public record AtomFeed(String title, String path, String page, int number, boolean hasMore, List<Entry> entries) {

	/**
	 * Returns the time of the latest change of an entry, or 1970 if there is no entry.
	 */
	public Instant updated() {
		return this.entries.stream().map(Entry::updated).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
	}

	/** Returns the URL path of a page of the feed. */
	public String path(int number) {
		return this.path + ((number > 1) ? "?page=" + number : "");
	}

	/**
	 * An article in a feed. Immutable.
	 *
	 * @param id the article's id, which stays the same if the title and the slug change
	 * @param body Markdown, or null if it would make the feed too long
	 * @param html the rendered body, or null if it would make the feed too long
	 * @param author the author's username
	 */
	public record Entry(long id, String slug, String title, String description, @Nullable String body,
			@Nullable String html, Instant published, Instant updated, String author) {

		/** Returns the entry with the rendered body in place of the Markdown. */
		Entry withHtml(@Nullable String html) {
			return new Entry(this.id, this.slug, this.title, this.description, null, html, this.published, this.updated,
					this.author);
		}

	}

}
