package com.foobar.web;

import java.util.Set;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Names the labels of {@code http.server.requests}: area, method, outcome and status. No
 * label has a value that a visitor can choose, so no visitor can fill the memory of
 * Prometheus. Safe for use by several threads.
 */
@Component
class RequestObservationConvention extends DefaultServerRequestObservationConvention {

	private static final Set<String> OTHER_PATHS = Set.of("/livez", "/readyz");

	private static final Set<String> ASSET_PATHS = Set.of("/favicon.ico", "/apple-touch-icon.png");

	private static final KeyValue UNKNOWN_METHOD = KeyValue.of("method", "OTHER");

	@Override
	public KeyValues getLowCardinalityKeyValues(ServerRequestObservationContext context) {
		return KeyValues.of(area(context), method(context), outcome(context), status(context));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
		return KeyValues.empty();
	}

	// From the path and not from the handler, because a request that fails in a filter,
	// for example without a database, has no handler.
	private static KeyValue area(ServerRequestObservationContext context) {
		HttpServletRequest request = context.getCarrier();
		return KeyValue.of("area", (request != null) ? area(request.getServletPath()) : "other");
	}

	private static String area(String path) {
		if (path.startsWith("/api/")) {
			return "api";
		}
		if (path.startsWith("/assets/") || ASSET_PATHS.contains(path)) {
			return "asset";
		}
		return (!path.startsWith("/") || OTHER_PATHS.contains(path)) ? "other" : "page";
	}

	@Override
	protected KeyValue method(ServerRequestObservationContext context) {
		KeyValue method = super.method(context);
		return method.getValue().equals("UNKNOWN") ? UNKNOWN_METHOD : method;
	}

}
