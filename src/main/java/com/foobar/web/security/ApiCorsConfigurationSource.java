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
 * Tells browsers which other sites' scripts may use the API. It does nothing for any
 * other site: the request is answered as ever, and the browser keeps the answer from the
 * script. Cookies mean nothing to the API, so they need not be allowed.
 */
class ApiCorsConfigurationSource implements CorsConfigurationSource {

	private final Set<String> origins;

	private final CorsConfiguration allowed = new CorsConfiguration();

	ApiCorsConfigurationSource(ApiProperties properties) {
		this.origins = Set.copyOf(properties.origins());
		this.allowed.setAllowedOrigins(properties.origins());
		this.allowed.setAllowedMethods(List.of(CorsConfiguration.ALL));
		this.allowed.setAllowedHeaders(List.of(CorsConfiguration.ALL));
		this.allowed.setExposedHeaders(List.of(ConsistencyHeaders.TOKEN, ConsistencyHeaders.DEGRADED,
				"Idempotency-Replayed", HttpHeaders.LINK, HttpHeaders.RETRY_AFTER));
		// For so long a browser need not ask again.
		this.allowed.setMaxAge(Duration.ofHours(1));
	}

	@Override
	public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return (origin != null && this.origins.contains(origin)) ? this.allowed : null;
	}

}
