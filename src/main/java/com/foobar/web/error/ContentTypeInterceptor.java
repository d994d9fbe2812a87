package com.foobar.web.error;

import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a body whose {@code Content-Type} has a wildcard with 415. Spring would take
 * the wildcard for an error of the application and respond with 500.
 */
class ContentTypeInterceptor implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws HttpMediaTypeNotSupportedException {
		String type = String.valueOf(request.getContentType());
		if (type.contains("*") && readsBody(handler)) {
			throw new HttpMediaTypeNotSupportedException("The type [%s] has a wildcard".formatted(type),
					List.of(MediaType.APPLICATION_JSON));
		}
		return true;
	}

	private static boolean readsBody(Object handler) {
		return handler instanceof HandlerMethod method && Stream.of(method.getMethodParameters())
			.anyMatch((parameter) -> parameter.hasParameterAnnotation(RequestBody.class));
	}

}
