package com.foobar.site;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the metadata, feeds and sitemap for search engines, feed readers and link
 * previews.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "foobar.site.url=https://www.foobar.com")
class DiscoveryTests {

	private static final String SITE = "https://www.foobar.com";

	private static final String ATOM = "http://www.w3.org/2005/Atom";

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	@Test
	void articleHasMetadata() throws IOException {
		Document page = page("/article/check-the-numbers?utm_source=elsewhere");
		assertThat(page.title()).isEqualTo("Check the numbers — foobar");
		assertThat(canonical(page)).isEqualTo(SITE + "/article/check-the-numbers");
		assertThat(meta(page, "og:url")).isEqualTo(SITE + "/article/check-the-numbers");
		assertThat(meta(page, "og:type")).isEqualTo("article");
		assertThat(meta(page, "og:title")).isEqualTo("Check the numbers");
		assertThat(meta(page, "og:site_name")).isEqualTo("foobar");
		assertThat(meta(page, "og:description")).startsWith("A backup that was never restored");
		assertThat(meta(page, "og:image")).isEqualTo(SITE + "/apple-touch-icon.png");
		assertThat(meta(page, "article:published_time")).isEqualTo("2026-05-19T07:05:00Z");
		assertThat(meta(page, "article:author")).isEqualTo(SITE + "/profile/katherine");
		assertThat(page.select("meta[name=description]").attr("content")).startsWith("A backup that was never");
	}

	@Test
	void profileHasMetadata() throws IOException {
		Document page = page("/profile/ADA?page=2&ref=x");
		assertThat(canonical(page)).isEqualTo(SITE + "/profile/ada?page=2");
		assertThat(meta(page, "og:type")).isEqualTo("profile");
		assertThat(page.select("link[type=application/atom+xml]").eachAttr("href"))
			.containsExactly("/profile/ada/feed.atom", "/feed.atom");
		assertThat(canonical(page("/profile/ADA/favorites"))).isEqualTo(SITE + "/profile/ada/favorites");
	}

	@Test
	void articleImageIsTheAuthorsIfItIsSafe() throws IOException {
		setImage("grace", "https://pictures.example/grace.png");
		assertThat(meta(page("/profile/grace"), "og:image")).isEqualTo("https://pictures.example/grace.png");
		setImage("grace", "javascript:alert(1)");
		assertThat(meta(page("/profile/grace"), "og:image")).isEqualTo(SITE + "/apple-touch-icon.png");
	}

	private void setImage(String username, String image) {
		this.jdbc.sql("UPDATE users SET image = :image WHERE username = :username")
			.param("image", image)
			.param("username", username)
			.update();
	}

	@Test
	void firstPageOfAListHasOneCanonicalUrl() throws IOException {
		assertThat(canonical(page("/"))).isEqualTo(SITE + "/");
		assertThat(canonical(page("/?page=1&x=y"))).isEqualTo(SITE + "/");
		assertThat(canonical(page("/?page=2"))).isEqualTo(SITE + "/?page=2");
		assertThat(canonical(page("/tag/operations?page=0"))).isEqualTo(SITE + "/tag/operations");
		assertThat(meta(page("/"), "og:type")).isEqualTo("website");
		assertThat(page("/").select("meta[name=theme-color]").eachAttr("media"))
			.containsExactly("(prefers-color-scheme: light)", "(prefers-color-scheme: dark)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/register", "/search?q=numbers", "/status", "/nowhere", "/article/unknown" })
	void privatePagesHaveNoindex(String path) throws IOException {
		Document page = page(path);
		assertThat(page.select("meta[name=robots]").attr("content")).isEqualTo("noindex");
		assertThat(page.select("link[rel=canonical], meta[property]")).isEmpty();
	}

	@Test
	void servesRobotsTxt() throws IOException {
		String robots = get("/robots.txt").body();
		assertThat(robots.lines()).contains("User-agent: *", "Disallow: /search", "Disallow: /editor",
				"Disallow: /settings", "Disallow: /login", "Sitemap: https://www.foobar.com/sitemap.xml");
	}

	@Test
	void sitemapLinksToEveryArticleAndAuthor() throws Exception {
		Element index = xml("/sitemap.xml", "application/xml;charset=utf-8");
		List<String> files = texts(index, "loc");
		assertThat(files).contains(SITE + "/sitemap-articles-0.xml", SITE + "/sitemap-authors-0.xml");
		Element articles = xml("/sitemap-articles-0.xml", "application/xml;charset=utf-8");
		assertThat(articles.getNamespaceURI()).isEqualTo("http://www.sitemaps.org/schemas/sitemap/0.9");
		assertThat(texts(articles, "loc")).contains(SITE + "/article/check-the-numbers",
				SITE + "/article/a-site-that-does-not-stop");
		assertThat(texts(articles, "lastmod")).contains("2026-05-19T07:05:00Z");
		assertThat(texts(xml("/sitemap-authors-0.xml", "application/xml;charset=utf-8"), "loc"))
			.contains(SITE + "/profile/ada", SITE + "/profile/katherine");
	}

	@Test
	void sitemapHasAFileForEachTenThousandIds() throws Exception {
		publish(10_001, "far-away", "Far away", "Body");
		assertThat(texts(xml("/sitemap.xml", "application/xml;charset=utf-8"), "loc"))
			.contains(SITE + "/sitemap-articles-1.xml")
			.doesNotContain(SITE + "/sitemap-articles-2.xml");
		assertThat(texts(xml("/sitemap-articles-1.xml", "application/xml;charset=utf-8"), "loc"))
			.containsExactly(SITE + "/article/far-away");
		assertThat(get("/sitemap-articles-x.xml").statusCode()).isEqualTo(422);
	}

	@Test
	void feedIsValidWithAnyCharacters() throws Exception {
		publish(501, "wild-ü", "<b>\"Wild\" & \u0001'free'</b>", "# ]]> & <script>alert(1)</script>\n\n[x](/y) \u0002");
		Element feed = feed("/feed.atom");
		assertThat(text(feed, "id")).isEqualTo(SITE + "/feed.atom");
		assertThat(links(feed, "self")).containsExactly(SITE + "/feed.atom");
		assertThat(links(feed, "alternate").getFirst()).isEqualTo(SITE + "/");
		assertThat(Instant.parse(text(feed, "updated"))).isAfter("2026-01-01T00:00:00Z");
		Element entry = entry(feed, "tag:www.foobar.com,2026:article/501");
		assertThat(text(entry, "title")).isEqualTo("<b>\"Wild\" & 'free'</b>");
		assertThat(text(entry, "name")).isEqualTo("ada");
		assertThat(links(entry, "alternate")).containsExactly(SITE + "/article/wild-%C3%BC");
		Instant.parse(text(entry, "published"));
		Document html = Jsoup.parse(text(entry, "content"));
		assertThat(html.select("script")).isEmpty();
		assertThat(html.select("h1").text()).contains("]]> & <script>alert(1)</script>");
		Element content = (Element) entry.getElementsByTagNameNS(ATOM, "content").item(0);
		assertThat(content.getAttribute("type")).isEqualTo("html");
		assertThat(content.getAttributeNS("http://www.w3.org/XML/1998/namespace", "base")).isEqualTo(SITE + "/");
	}

	@Test
	void entryKeepsItsIdWhenTheSlugChanges() throws Exception {
		publish(502, "before", "Before", "Body");
		this.jdbc.sql("UPDATE articles SET slug = 'after' WHERE id = 502").update();
		Element entry = entry(feed("/profile/ada/feed.atom"), "tag:www.foobar.com,2026:article/502");
		assertThat(links(entry, "alternate")).containsExactly(SITE + "/article/after");
	}

	@Test
	void feedHasTheTwentyNewestArticles() throws Exception {
		IntStream.range(600, 625).forEach((id) -> publish(id, "many-" + id, "Many " + id, "Body"));
		List<String> titles = texts(feed("/feed.atom"), "title");
		assertThat(titles).hasSize(21);
		assertThat(titles.get(1)).isEqualTo("Many 624");
	}

	@Test
	void authorsAndTagsHaveTheirOwnFeeds() throws Exception {
		assertThat(texts(feed("/profile/Katherine/feed.atom"), "title")).containsExactly("katherine — foobar",
				"Three people and a pager", "Thirty thousand rows for ten", "Check the numbers");
		assertThat(texts(feed("/tag/backups/feed.atom"), "title")).containsExactly("# backups — foobar",
				"Check the numbers");
		assertThat(texts(feed("/tag/unheard-of/feed.atom"), "title")).hasSize(1);
		assertThat(get("/profile/nobody/feed.atom").statusCode()).isEqualTo(404);
	}

	@Test
	void unchangedFeedGets304() throws IOException {
		Connection.Response feed = get("/tag/backups/feed.atom");
		assertThat(get("/tag/backups/feed.atom", "If-None-Match", feed.header("ETag")).statusCode()).isEqualTo(304);
		assertThat(get("/tag/backups/feed.atom", "If-None-Match", "W/\"another\"").statusCode()).isEqualTo(200);
	}

	@Test
	void servesAnOpenSearchDescription() throws Exception {
		Element description = xml("/opensearch.xml", "application/opensearchdescription+xml;charset=utf-8");
		Element url = (Element) description.getElementsByTagName("Url").item(0);
		assertThat(url.getAttribute("template")).isEqualTo(SITE + "/search?q={searchTerms}");
	}

	@Test
	void feedOfLongArticlesIsBoundedAndLinksToOlderOnes() throws Exception {
		for (int n = 1; n <= 25; n++) {
			publish(9000 + n, "long-" + n, "Long " + n, "ab ".repeat(30_000));
		}
		try {
			Element feed = feed("/feed.atom");
			assertThat(get("/feed.atom").bodyAsBytes().length).isLessThan(2_200_000);
			assertThat(all(feed, "entry")).hasSize(20);
			assertThat(text(entry(feed, "tag:www.foobar.com,2026:article/9025"), "content")).contains("ab ab ab");
			assertThat(all(entry(feed, "tag:www.foobar.com,2026:article/9006"), "content")).isEmpty();
			assertThat(links(feed, "previous")).isEmpty();
			assertThat(links(feed, "next")).containsExactly(SITE + "/feed.atom?page=2");
			Element older = feed("/feed.atom?page=2");
			assertThat(links(older, "self")).containsExactly(SITE + "/feed.atom?page=2");
			assertThat(links(older, "previous")).containsExactly(SITE + "/feed.atom");
			assertThat(texts(older, "title")).contains("Long 5", "Long 1").doesNotContain("Long 6");
		}
		finally {
			this.jdbc.sql("DELETE FROM articles WHERE id > 9000").update();
		}
	}

	private void publish(long id, String slug, String title, String body) {
		this.jdbc.sql("""
				INSERT INTO articles (id, slug, title, description, body, author_id, created_at, updated_at)
				VALUES (:id, :slug, :title, 'Description', :body, 1, :at, :at)
				""")
			.param("id", id)
			.param("slug", slug)
			.param("title", title)
			.param("body", body)
			.param("at", Instant.now().atOffset(ZoneOffset.UTC).toLocalDateTime())
			.update();
	}

	private Element feed(String path) throws Exception {
		return xml(path, "application/atom+xml;charset=utf-8");
	}

	private static Element entry(Element feed, String id) {
		return all(feed, "entry").stream().filter((entry) -> text(entry, "id").equals(id)).findFirst().orElseThrow();
	}

	private Element xml(String path, String type) throws Exception {
		Connection.Response document = get(path);
		assertThat(document.contentType()).isEqualToIgnoringCase(type);
		var factory = DocumentBuilderFactory.newInstance();
		factory.setNamespaceAware(true);
		return factory.newDocumentBuilder()
			.parse(new ByteArrayInputStream(document.bodyAsBytes()))
			.getDocumentElement();
	}

	private static List<Element> all(Element parent, String name) {
		NodeList found = parent.getElementsByTagNameNS("*", name);
		return IntStream.range(0, found.getLength()).mapToObj((i) -> (Element) found.item(i)).toList();
	}

	private static List<String> texts(Element parent, String name) {
		return all(parent, name).stream().map(Element::getTextContent).toList();
	}

	private static String text(Element parent, String name) {
		return texts(parent, name).getFirst();
	}

	private static List<String> links(Element parent, String rel) {
		return all(parent, "link").stream()
			.filter((link) -> link.getAttribute("rel").equals(rel))
			.map((link) -> link.getAttribute("href"))
			.toList();
	}

	private static String canonical(Document page) {
		return page.select("link[rel=canonical]").attr("href");
	}

	private static String meta(Document page, String property) {
		return page.select("meta[property=" + property + "]").attr("content");
	}

	private Document page(String path) throws IOException {
		return get(path).parse();
	}

	private Connection.Response get(String path) throws IOException {
		return get(path, "Accept", "*/*");
	}

	private Connection.Response get(String path, String header, String value) throws IOException {
		return Jsoup.connect("http://localhost:" + this.port + path)
			.header(header, value)
			.ignoreContentType(true)
			.ignoreHttpErrors(true)
			.execute();
	}

}
