package com.foobar.article;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Turns what authors write into HTML that can do no harm: their own tags are shown as
 * text, links lead to the web.
 */
final class Markdown {

	private static final Parser parser = Parser.builder().build();

	private static final HtmlRenderer renderer = HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

	private Markdown() {
	}

	static String html(String markdown) {
		return renderer.render(parser.parse(markdown));
	}

}
