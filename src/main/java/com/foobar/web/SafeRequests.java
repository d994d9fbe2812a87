package com.foobar.web;

import java.util.Objects;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Tells before a request is dispatched whether it changes nothing: by its method, or
 * because a {@link SafeHandler} takes it.
 */
@Component
public class SafeRequests {

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	// Filters are made before the mappings.
	private final ObjectProvider<RequestMappingHandlerMapping> mappings;

	SafeRequests(ObjectProvider<RequestMappingHandlerMapping> mappings) {
		this.mappings = mappings;
	}

	public static boolean hasSafeMethod(HttpServletRequest request) {
		return METHODS.contains(request.getMethod());
	}

	/** Whether what was chosen to handle a request is a {@link SafeHandler}. */
	public static boolean isSafe(Object handler) {
		return handler instanceof HandlerMethod method && method.hasMethodAnnotation(SafeHandler.class);
	}

	public boolean isSafe(HttpServletRequest request) {
		return hasSafeMethod(request) || hasSafeHandler(request);
	}

	private boolean hasSafeHandler(HttpServletRequest request) {
		ServletRequestPathUtils.parseAndCache(request);
		try {
			return this.mappings.stream()
				.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
				.anyMatch((handler) -> isSafe(handler.getValue()) && matches(handler.getKey(), request));
		}
		catch (InvalidParameterException ex) {
			// It is thrown again, and answered 400, where the handler is looked for.
			return false;
		}
		finally {
			ServletRequestPathUtils.clearParsedRequestPath(request);
		}
	}

	// By its path first: of others not even the parameters need to be read.
	private static boolean matches(RequestMappingInfo mapping, HttpServletRequest request) {
		PathPatternsRequestCondition paths = Objects.requireNonNull(mapping.getPathPatternsCondition());
		return paths.getMatchingCondition(request) != null && mapping.getMatchingCondition(request) != null;
	}

}
