package com.foobar.feed;

import java.util.List;
import java.util.stream.Stream;

import com.foobar.web.limit.LargeResponses;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Tells search engines what there is to find, as sitemaps.org would have it. */
@Controller
class SitemapPages {

	// No search engine asks more often, and whoever else does need not read it all again.
	private static final String KEPT = "public, max-age=3600";

	private final Sitemap sitemap;

	private final LargeResponses large;

	SitemapPages(Sitemap sitemap, LargeResponses large) {
		this.sitemap = sitemap;
		this.large = large;
	}

	@GetMapping("/sitemap.xml")
	String index(Model model, HttpServletResponse response) {
		this.large.acquire();
		Stream<String> articles = this.sitemap.ofArticles().stream().map("/sitemap-articles-%d.xml"::formatted);
		Stream<String> authors = this.sitemap.ofAuthors().stream().map("/sitemap-authors-%d.xml"::formatted);
		model.addAttribute("paths", Stream.concat(articles, authors).toList());
		response.setHeader(HttpHeaders.CACHE_CONTROL, KEPT);
		return "sitemaps";
	}

	@GetMapping("/sitemap-articles-{part}.xml")
	String articles(@PathVariable int part, Model model, HttpServletResponse response) {
		this.large.acquire();
		return part(this.sitemap.articles(part), model, response);
	}

	@GetMapping("/sitemap-authors-{part}.xml")
	String authors(@PathVariable int part, Model model, HttpServletResponse response) {
		this.large.acquire();
		return part(this.sitemap.authors(part), model, response);
	}

	private static String part(List<Sitemap.Place> places, Model model, HttpServletResponse response) {
		model.addAttribute("places", places);
		response.setHeader(HttpHeaders.CACHE_CONTROL, KEPT);
		return "sitemap";
	}

}
