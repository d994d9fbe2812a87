package com.foobar.article;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Turns what authors write into HTML that can do no harm: their own tags are shown as
 * text, links lead to the web, and pictures come over https.
 *
 * <p>
 * What the renderer writes is not trusted but passed through a sanitizer that lets
 * through what is named here and nothing else.
 */
public final class Markdown {

	private static final Set<String> BLOCKS = Set.of("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "blockquote");

	// Of the longest article each letter can be escaped with six.
	private static final int LONGEST = 1_000_000;

	private static final Parser parser = Parser.builder().build();

	private static final HtmlRenderer renderer = HtmlRenderer.builder()
		.escapeHtml(true)
		.attributeProviderFactory((context) -> Markdown::makeReachable)
		.build();

	private static final PolicyFactory policy = new HtmlPolicyBuilder()
		.allowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "em", "strong", "blockquote", "ul", "ol",
				"li", "pre", "code", "a")
		// One that may not be fetched would only be a broken one.
		.allowElements((element, attributes) -> attributes.contains("src") ? element : null, "img")
		.allowAttributes("start")
		.onElements("ol")
		.allowAttributes("class")
		.matching((element, attribute, value) -> value.matches("language-[\\w+#-]{1,30}") ? value : null)
		.onElements("code")
		.allowAttributes("tabindex")
		.onElements("pre")
		.allowAttributes("dir")
		.matching(false, "auto")
		.onElements(BLOCKS.toArray(String[]::new))
		.allowAttributes("href", "title")
		.onElements("a")
		.allowStandardUrlProtocols()
		.requireRelsOnLinks("nofollow", "ugc", "noopener")
		.allowAttributes("src")
		.matching((element, attribute, value) -> value.toLowerCase(Locale.ROOT).startsWith("https://") ? value : null)
		.onElements("img")
		.allowAttributes("alt", "title")
		.onElements("img")
		.toFactory();

	private Markdown() {
	}

	// A line too long is scrolled, also by those who have a keyboard only.
	private static void makeReachable(Node node, String element, Map<String, String> attributes) {
		if (element.equals("pre")) {
			attributes.put("tabindex", "0");
		}
		else if (BLOCKS.contains(element)) {
			// In whichever direction its own letters run.
			attributes.put("dir", "auto");
		}
	}

	public static String html(String markdown) {
		return policy.sanitize(rendered(markdown));
	}

	// A few letters can refer to a long address again and again. What would become too
	// long for that is shown as it was written.
	private static String rendered(String markdown) {
		try {
			var html = new BoundedAppendable(LONGEST);
			renderer.render(parser.parse(markdown), html);
			return html.toString();
		}
		catch (BoundedAppendable.FullException ex) {
			var text = new Paragraph();
			text.appendChild(new Text(markdown));
			return renderer.render(text);
		}
	}

}
