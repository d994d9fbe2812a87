package com.foobar.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.foobar.article.Markdown;
import org.jspecify.annotations.Nullable;

/**
 * Renders the bodies in a feed as HTML, first to last, up to 2 MB of escaped text.
 * Entries after that have no body: their readers follow the link.
 */
final class AtomFeedBodies {

	// Bytes, after escaping for XML.
	private static final int MAX_BYTES = 2_000_000;

	private AtomFeedBodies() {
	}

	static List<AtomFeed.Entry> render(List<AtomFeed.Entry> entries) {
		List<AtomFeed.Entry> rendered = new ArrayList<>();
		long remaining = MAX_BYTES;
		for (AtomFeed.Entry entry : entries) {
			String html = (remaining > 0 && entry.body() != null) ? Markdown.html(entry.body()) : null;
			remaining -= escapedBytes(html);
			rendered.add(entry.withHtml((remaining >= 0) ? html : null));
		}
		return rendered;
	}

	private static long escapedBytes(@Nullable String html) {
		return (html != null) ? html.getBytes(StandardCharsets.UTF_8).length
				+ 4 * html.chars().filter(AtomFeedBodies::isEscaped).count() : 0;
	}

	// Whether XML escapes the character, with up to five.
	private static boolean isEscaped(int character) {
		return character == '&' || character == '<' || character == '>';
	}

}
