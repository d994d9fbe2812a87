package com.foobar.article;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Leads from where an article was to where it is, whatever was to be done with it: to the
 * same address, but for the slug.
 */
@ControllerAdvice
class MovedArticleAdvice {

	private static final Set<String> READING = Set.of("GET", "HEAD");

	@ExceptionHandler
	void moved(ArticleMovedException ex, HttpServletRequest request, HttpServletResponse response) {
		// After a 301 clients make every request a GET.
		boolean reading = READING.contains(request.getMethod());
		response.setStatus((reading ? HttpStatus.MOVED_PERMANENTLY : HttpStatus.PERMANENT_REDIRECT).value());
		response.setHeader(HttpHeaders.LOCATION, address(request, ex.slug()));
	}

	private static String address(HttpServletRequest request, String slug) {
		var pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
		Map<String, Object> variables = new HashMap<>();
		((Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
			.forEach((name, value) -> variables.put(String.valueOf(name), value));
		variables.put("slug", slug);
		return UriComponentsBuilder.fromPath(pattern).buildAndExpand(variables).encode().toUriString();
	}

}
