package com.foobar.web.error;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Has {@link GlobalExceptionHandler} explain what fails before any controller is reached:
 * looking up who asks.
 */
public class ExceptionHandlerFilter extends OncePerRequestFilter {

	private final HandlerExceptionResolver advice;

	public ExceptionHandlerFilter(HandlerExceptionResolver advice) {
		this.advice = advice;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (RuntimeException ex) {
			if (this.advice.resolveException(request, response, null, ex) == null) {
				throw ex;
			}
		}
	}

}
