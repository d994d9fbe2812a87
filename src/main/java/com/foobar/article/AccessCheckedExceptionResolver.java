package com.foobar.article;

import java.util.Map;
import java.util.stream.Stream;

import com.foobar.web.api.OutOfRangeException;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Reports a missing or forbidden article before errors in the request. Spring reads a
 * request before the handler looks for the article, so if reading fails this resolver
 * first asks the {@link AccessChecked} controller to check access. A readable request
 * needs no extra query. Safe for use by several threads.
 */
@Component
class AccessCheckedExceptionResolver implements HandlerExceptionResolver, Ordered {

	private final HandlerExceptionResolver delegate;

	AccessCheckedExceptionResolver(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver delegate) {
		this.delegate = delegate;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (handler instanceof HandlerMethod method && method.getBean() instanceof AccessChecked controller
				&& isUnreadableRequest(ex)) {
			try {
				controller.checkAccess(slug(request), AuthenticatedUser.of(request).orElse(null));
			}
			catch (RuntimeException accessError) {
				return this.delegate.resolveException(request, response, handler, accessError);
			}
		}
		return null;
	}

	private static boolean isUnreadableRequest(Exception ex) {
		return Stream
			.of(HttpMessageNotReadableException.class, HttpMediaTypeNotSupportedException.class, BindException.class,
					TypeMismatchException.class, OutOfRangeException.class)
			.anyMatch((type) -> type.isInstance(ex));
	}

	private static String slug(HttpServletRequest request) {
		var variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return String.valueOf(variables.get("slug"));
	}

	// Before the resolver of Spring MVC, which would report the unreadable request.
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
