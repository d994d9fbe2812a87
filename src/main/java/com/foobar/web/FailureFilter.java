package com.foobar.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Has {@link FailureAdvice} explain what fails before any controller is reached: looking
 * up who asks.
 */
class FailureFilter extends OncePerRequestFilter {

	private final HandlerExceptionResolver advice;

	FailureFilter(HandlerExceptionResolver advice) {
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
