package com.foobar.web.error;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Passes exceptions of the security filters to {@link GlobalExceptionHandler}, for
 * example when the look-up of the user fails. Safe for use by several threads.
 */
public class ExceptionHandlerFilter extends OncePerRequestFilter {

	private final HandlerExceptionResolver exceptionResolver;

	public ExceptionHandlerFilter(HandlerExceptionResolver exceptionResolver) {
		this.exceptionResolver = exceptionResolver;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (RuntimeException ex) {
			if (this.exceptionResolver.resolveException(request, response, null, ex) == null) {
				throw ex;
			}
		}
	}

}
