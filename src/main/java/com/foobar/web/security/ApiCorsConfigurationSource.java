package com.foobar.web.security;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.foobar.web.ConsistencyHeaders;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Allows scripts of the origins in {@code foobar.api.origins} to use the API from a
 * browser. A request from another origin is served as usual, without CORS headers, so the
 * browser hides the response from the script. Credentials are not allowed, because the
 * API ignores cookies. Safe for use by several threads.
 */
class ApiCorsConfigurationSource implements CorsConfigurationSource {

	private final Set<String> origins;

	private final CorsConfiguration configuration = new CorsConfiguration();

	ApiCorsConfigurationSource(ApiProperties properties) {
		this.origins = Set.copyOf(properties.origins());
		this.configuration.setAllowedOrigins(properties.origins());
		this.configuration.setAllowedMethods(List.of(CorsConfiguration.ALL));
		this.configuration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
		this.configuration.setExposedHeaders(List.of(ConsistencyHeaders.TOKEN, ConsistencyHeaders.DEGRADED,
				"Idempotency-Replayed", HttpHeaders.LINK, HttpHeaders.RETRY_AFTER));
		// How long a browser may cache the response to a preflight request.
		this.configuration.setMaxAge(Duration.ofHours(1));
	}

	@Override
	public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return (origin != null && this.origins.contains(origin)) ? this.configuration : null;
	}

}
