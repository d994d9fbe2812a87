package com.foobar.web.api;

import java.util.Map;
import java.util.stream.Stream;

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
 * Keeps the order of errors: of an article that is not there, or another's, nobody needs
 * to know what they got wrong. Spring reads a request before its handler looks for the
 * article, so where reading fails the {@link AccessChecked} controller is asked first. A
 * request that can be read costs nothing more.
 */
@Component
class AccessCheckedExceptionResolver implements HandlerExceptionResolver, Ordered {

	private final HandlerExceptionResolver advice;

	AccessCheckedExceptionResolver(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver advice) {
		this.advice = advice;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (handler instanceof HandlerMethod method && method.getBean() instanceof AccessChecked guarded
				&& isOfReading(ex)) {
			try {
				guarded.guard(slug(request), AuthenticatedUser.of(request).orElse(null));
			}
			catch (RuntimeException first) {
				return this.advice.resolveException(request, response, handler, first);
			}
		}
		return null;
	}

	private static boolean isOfReading(Exception ex) {
		return Stream
			.of(HttpMessageNotReadableException.class, HttpMediaTypeNotSupportedException.class, BindException.class,
					TypeMismatchException.class, OutOfRangeException.class)
			.anyMatch((reading) -> reading.isInstance(ex));
	}

	private static String slug(HttpServletRequest request) {
		var variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return String.valueOf(variables.get("slug"));
	}

	// Before the advice itself.
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
