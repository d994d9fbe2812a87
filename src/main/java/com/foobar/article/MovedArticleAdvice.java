package com.foobar.article;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import com.foobar.web.SafeRequests;
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
 * slug. Safe methods get 301, others 308. A URL that does not fit into the response's
 * headers gets 404.
 */
@ControllerAdvice
class MovedArticleAdvice {

	// No path of the site is as long. nginx and Tomcat accept 8 kB of response headers.
	private static final int MAX_PATH_LENGTH = 2000;

	@ExceptionHandler
	void redirect(ArticleMovedException ex, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		String path = currentPath(request, ex.slug());
		if (path.length() > MAX_PATH_LENGTH) {
			ArticleNotFoundException.ERROR.send(request, response);
			return;
		}
		// After a 301, clients may repeat a POST as a GET; after a 308, they do not.
		HttpStatus status = SafeRequests.hasSafeMethod(request) ? HttpStatus.MOVED_PERMANENTLY
				: HttpStatus.PERMANENT_REDIRECT;
		response.setStatus(status.value());
		response.setHeader(HttpHeaders.LOCATION, path);
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
