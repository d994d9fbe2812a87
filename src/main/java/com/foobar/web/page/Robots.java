package com.foobar.web.page;

import java.time.Duration;

import com.foobar.web.SiteProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves robots.txt, which tells crawlers the sitemap and the paths to skip. */
@RestController
class Robots {

	private final SiteProperties site;

	Robots(SiteProperties site) {
		this.site = site;
	}

	@GetMapping("/robots.txt")
	ResponseEntity<String> robots() {
		String rules = """
				User-agent: *
				Disallow: /api/
				Disallow: /editor
				Disallow: /login
				Disallow: /register
				Disallow: /search
				Disallow: /settings

				Sitemap: %s/sitemap.xml
				""".formatted(this.site.url());
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_PLAIN)
			.cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
			.body(rules);
	}

}
