package com.foobar.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.foobar.article.Markdown;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bodies in a feed into HTML, from the first on, as long as the feed does not
 * become too long. The articles after that are listed without: their readers follow the
 * link.
 */
final class AtomFeedBodies {

	// Bytes, as XML writes them.
	private static final int LONGEST = 2_000_000;

	private AtomFeedBodies() {
	}

	static List<AtomFeed.Entry> render(List<AtomFeed.Entry> entries) {
		List<AtomFeed.Entry> rendered = new ArrayList<>();
		long left = LONGEST;
		for (AtomFeed.Entry entry : entries) {
			String html = (left > 0 && entry.body() != null) ? Markdown.html(entry.body()) : null;
			left -= length(html);
			rendered.add(entry.with((left >= 0) ? html : null));
		}
		return rendered;
	}

	private static long length(@Nullable String html) {
		return (html != null) ? html.getBytes(StandardCharsets.UTF_8).length
				+ 4 * html.chars().filter(AtomFeedBodies::isEscaped).count() : 0;
	}

	// With up to five letters.
	private static boolean isEscaped(int letter) {
		return letter == '&' || letter == '<' || letter == '>';
	}

}
