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

/** Serves the sitemap for search engines, in the format of sitemaps.org. */
@Controller
class SitemapPages {

	// Search engines read it less often. Other clients can use their copy for an hour.
	private static final String CACHE_CONTROL = "public, max-age=3600";

	private final Sitemap sitemap;

	private final LargeResponses largeResponses;

	SitemapPages(Sitemap sitemap, LargeResponses largeResponses) {
		this.sitemap = sitemap;
		this.largeResponses = largeResponses;
	}

	@GetMapping("/sitemap.xml")
	String index(Model model, HttpServletResponse response) {
		this.largeResponses.acquire();
		Stream<String> articles = this.sitemap.articleParts().stream().map("/sitemap-articles-%d.xml"::formatted);
		Stream<String> authors = this.sitemap.authorParts().stream().map("/sitemap-authors-%d.xml"::formatted);
		model.addAttribute("paths", Stream.concat(articles, authors).toList());
		response.setHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
		return "sitemaps";
	}

	@GetMapping("/sitemap-articles-{part}.xml")
	String articles(@PathVariable int part, Model model, HttpServletResponse response) {
		this.largeResponses.acquire();
		return part(this.sitemap.articles(part), model, response);
	}

	@GetMapping("/sitemap-authors-{part}.xml")
	String authors(@PathVariable int part, Model model, HttpServletResponse response) {
		this.largeResponses.acquire();
		return part(this.sitemap.authors(part), model, response);
	}

	private static String part(List<Sitemap.Place> places, Model model, HttpServletResponse response) {
		model.addAttribute("places", places);
		response.setHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
		return "sitemap";
	}

}
