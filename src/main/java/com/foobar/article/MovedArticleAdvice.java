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
 * Redirects requests for a former slug, with any method, to the same URL with the current
 * slug. Reads get 301, other methods 308.
 */
@ControllerAdvice
class MovedArticleAdvice {

	private static final Set<String> READ_METHODS = Set.of("GET", "HEAD");

	@ExceptionHandler
	void redirect(ArticleMovedException ex, HttpServletRequest request, HttpServletResponse response) {
		// After a 301, clients may repeat a POST as a GET; after a 308, they do not.
		boolean isRead = READ_METHODS.contains(request.getMethod());
		response.setStatus((isRead ? HttpStatus.MOVED_PERMANENTLY : HttpStatus.PERMANENT_REDIRECT).value());
		response.setHeader(HttpHeaders.LOCATION, currentPath(request, ex.slug()));
	}

	private static String currentPath(HttpServletRequest request, String slug) {
		var pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
		Map<String, Object> variables = new HashMap<>();
		((Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
			.forEach((name, value) -> variables.put(String.valueOf(name), value));
		variables.put("slug", slug);
		return UriComponentsBuilder.fromPath(pattern).buildAndExpand(variables).encode().toUriString();
	}

}
