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
 * Renders Markdown as safe HTML. HTML tags in the Markdown appear as text, links use
 * http, https or mailto, and images use https. Safe for use by several threads.
 *
 * <p>
 * The class does not trust the renderer: a sanitizer removes every element and attribute
 * that is not allowed here.
 */
public final class Markdown {

	private static final Set<String> BLOCKS = Set.of("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "blockquote");

	// The longest article has 100,000 characters, and escaping turns one into up to six.
	private static final int MAX_LENGTH = 1_000_000;

	private static final Parser parser = Parser.builder().build();

	private static final HtmlRenderer renderer = HtmlRenderer.builder()
		.escapeHtml(true)
		.attributeProviderFactory((context) -> Markdown::setAttributes)
		.build();

	private static final PolicyFactory policy = new HtmlPolicyBuilder()
		.allowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "em", "strong", "blockquote", "ul", "ol",
				"li", "pre", "code", "a")
		// Removes images without an allowed src: browsers show them as broken.
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

	// The tabindex lets visitors without a mouse scroll long lines of code.
	private static void setAttributes(Node node, String element, Map<String, String> attributes) {
		if (element.equals("pre")) {
			attributes.put("tabindex", "0");
		}
		else if (BLOCKS.contains(element)) {
			// The browser takes the direction from the text, for example for Arabic.
			attributes.put("dir", "auto");
		}
	}

	/** Returns the safe HTML of a Markdown text. */
	public static String html(String markdown) {
		return policy.sanitize(render(markdown));
	}

	// Short references can repeat a long link address many times. If the HTML would
	// become too long, this returns the Markdown as plain text.
	private static String render(String markdown) {
		try {
			var html = new BoundedAppendable(MAX_LENGTH);
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
