package com.foobar.web;

import java.util.Objects;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Decides before a request is dispatched whether it is safe, which means that it changes
 * nothing: because of its method, or because a {@link SafeHandler} handles it. Safe for
 * use by several threads.
 */
@Component
public class SafeRequests {

	private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS,
			HttpMethod.TRACE);

	// A provider, because Spring creates filters before the mappings.
	private final ObjectProvider<RequestMappingHandlerMapping> mappings;

	SafeRequests(ObjectProvider<RequestMappingHandlerMapping> mappings) {
		this.mappings = mappings;
	}

	/** Whether RFC 9110 defines a method as safe: GET, HEAD, OPTIONS and TRACE. */
	public static boolean isSafeMethod(HttpMethod method) {
		return SAFE_METHODS.contains(method);
	}

	/** Whether {@link #isSafeMethod} is true of the method of a request. */
	public static boolean hasSafeMethod(HttpServletRequest request) {
		return isSafeMethod(HttpMethod.valueOf(request.getMethod()));
	}

	/** Whether the handler that was chosen for a request is a {@link SafeHandler}. */
	public static boolean isSafeHandler(Object handler) {
		return handler instanceof HandlerMethod method && method.hasMethodAnnotation(SafeHandler.class);
	}

	/** Whether the request changes nothing. Works before the request is dispatched. */
	public boolean isSafe(HttpServletRequest request) {
		return hasSafeMethod(request) || hasSafeHandler(request);
	}

	private boolean hasSafeHandler(HttpServletRequest request) {
		ServletRequestPathUtils.parseAndCache(request);
		try {
			return this.mappings.stream()
				.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
				.anyMatch((handler) -> isSafeHandler(handler.getValue()) && matches(handler.getKey(), request));
		}
		catch (InvalidParameterException ex) {
			// The dispatcher throws it again when it looks for the handler, and then the
			// response is 400.
			return false;
		}
		finally {
			ServletRequestPathUtils.clearParsedRequestPath(request);
		}
	}

	// Compares the path first, so that parameters are read only if the path matches.
	private static boolean matches(RequestMappingInfo mapping, HttpServletRequest request) {
		PathPatternsRequestCondition paths = Objects.requireNonNull(mapping.getPathPatternsCondition());
		return paths.getMatchingCondition(request) != null && mapping.getMatchingCondition(request) != null;
	}

}
