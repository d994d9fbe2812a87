package com.foobar.article;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests how Markdown becomes HTML, and that the HTML is safe. */
class MarkdownTests {

	@Test
	void rendersAllMarkdown() {
		Element html = html("""
				# One

				Some *emphasis*, **strength**, `code` and a [link](https://example.com "To it").

				> Said

				3. third
				4. fourth

				```java
				int x;
				```

				![A view](https://example.com/view.jpg)
				""");
		assertThat(html.select("h1").text()).isEqualTo("One");
		assertThat(html.select("em, strong, p > code").eachText()).containsExactly("emphasis", "strength", "code");
		assertThat(html.select("blockquote").text()).isEqualTo("Said");
		assertThat(html.select("ol").attr("start")).isEqualTo("3");
		assertThat(html.select("pre code.language-java").text()).isEqualTo("int x;");
		assertThat(html.select("pre").attr("tabindex")).as("The keyboard can scroll the code block").isEqualTo("0");
		assertThat(html.select("img").attr("src")).isEqualTo("https://example.com/view.jpg");
		assertThat(html.select("img").attr("alt")).isEqualTo("A view");
	}

	@Test
	void linksHaveNofollowAndUgc() {
		Element link = html("[link](https://example.com)").expectFirst("a");
		assertThat(link.attr("href")).isEqualTo("https://example.com");
		assertThat(link.attr("rel")).contains("nofollow", "ugc", "noopener");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java&#10;script:alert(1))",
			"[x](&#106;avascript:alert(1))", "[x](data:text/html,<script>alert(1)</script>)", "[x](vbscript:x)",
			"<javascript:alert(1)>", "[x]: javascript:alert(1)\n\n[x]" })
	void removesUnsafeLinkTargets(String markdown) {
		assertThat(html(markdown).select("a[href]")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://example.com/a.png", "//example.com/a.png", "data:image/png;base64,AAAA", "a.png",
			"javascript:alert(1)" })
	void removesImagesWithoutHttps(String address) {
		assertThat(html("![x](" + address + ")").select("img")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
			"<iframe srcdoc='<script>alert(1)</script>'>", "<a href='javascript:alert(1)'>x</a>",
			"<div onmouseover='alert(1)' style='position:fixed'>x</div>", "</div></main><form action=//x>",
			"```\" onload=\"alert(1)\nx\n```", "![\" onerror=\"alert(1)](https://example.com/\"onerror=\"alert(1))",
			"[x](https://example.com \"\\\" onclick=\\\"alert(1)\")", "<!-- --><script>alert(1)</script>",
			"<math><mtext></p><style><!--</style><img title=\"--><img src=1 onerror=alert(1)>\">" })
	void showsHtmlTagsAsText(String markdown) {
		Element html = html(markdown);
		assertThat(html.select("script, svg, iframe, form, style, math, div")).isEmpty();
		assertThat(html.select("*").stream().flatMap((element) -> element.attributes().asList().stream()))
			.allSatisfy((attribute) -> assertThat(attribute.getKey()).isIn("href", "src", "alt", "title", "rel",
					"start", "class", "tabindex", "dir", "tabindex"));
	}

	@Test
	void boundsTheLengthOfTheHtml() {
		String bomb = "[a]: /" + "x".repeat(40_000) + "\n\n" + "[a]".repeat(13_000);
		assertThat(Markdown.html(bomb)).hasSizeLessThan(1_000_000).doesNotContain("<a ");
		assertThat(html(bomb).text()).startsWith("[a]: /xxx").endsWith("[a][a]");
		assertThat(html("\"".repeat(100_000)).text()).hasSize(100_000);
	}

	@Test
	void blocksTakeTheirDirectionFromTheText() {
		assertThat(html("# שלום\n\n- אחת\n\n> שתיים").select("h1, ul, blockquote").eachAttr("dir"))
			.containsExactly("auto", "auto", "auto");
	}

	private static Element html(String markdown) {
		return Jsoup.parseBodyFragment(Markdown.html(markdown)).body();
	}

}
