package com.foobar.web;

import java.io.IOException;
import java.time.Duration;

import com.foobar.database.Deadline;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request a {@link Deadline}, counted from when this instance reads it. It
 * ends a little before the balancer gives up, so that the answer still gets there.
 */
@Component
public class RequestDeadlineFilter extends OncePerRequestFilter {

	/** How long the balancer waits for the answer, in milliseconds. */
	public static final String TIMEOUT = "X-Request-Timeout-Ms";

	// A part of the timeout: what has begun by then goes on for a while, and is rendered.
	private static final int RESERVE = 8;

	private static final Duration LARGEST_RESERVE = Duration.ofSeconds(1);

	private final RequestProperties properties;

	RequestDeadlineFilter(RequestProperties properties) {
		this.properties = properties;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			Deadline.after(time(request)).call(() -> {
				chain.doFilter(request, response);
				return true;
			});
		}
		catch (ServletException | IOException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new ServletException(ex);
		}
	}

	private Duration time(HttpServletRequest request) {
		Duration timeout = timeout(request);
		Duration reserve = timeout.dividedBy(RESERVE);
		return timeout.minus((reserve.compareTo(LARGEST_RESERVE) < 0) ? reserve : LARGEST_RESERVE);
	}

	private Duration timeout(HttpServletRequest request) {
		Duration longest = SafeRequests.hasSafeMethod(request) ? this.properties.safeTimeout()
				: this.properties.timeout();
		Duration said = said(request.getHeader(TIMEOUT));
		return (said != null && said.compareTo(longest) < 0) ? said : longest;
	}

	// What is no number is nothing a balancer says.
	private static @Nullable Duration said(@Nullable String header) {
		return (header != null && header.matches("\\d{1,9}")) ? Duration.ofMillis(Long.parseLong(header)) : null;
	}

}
