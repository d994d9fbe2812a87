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
 * Sets the {@link Deadline} of each request, counted from when this instance reads it.
 * The deadline is an eighth of the timeout, at most one second, before the balancer's
 * timeout, so that the response still reaches the balancer. The timeout is
 * {@code foobar.request.safe-timeout} or {@code foobar.request.timeout}, or the
 * balancer's header if that is shorter. Safe for use by several threads.
 */
@Component
public class RequestDeadlineFilter extends OncePerRequestFilter {

	/** Header with the time that the balancer waits for the response, in milliseconds. */
	public static final String TIMEOUT = "X-Request-Timeout-Ms";

	// The reserve is an eighth of the timeout. In it, a query that is running at the
	// deadline may end, and the response is rendered.
	private static final int RESERVE_DIVISOR = 8;

	private static final Duration MAX_RESERVE = Duration.ofSeconds(1);

	private final RequestProperties properties;

	RequestDeadlineFilter(RequestProperties properties) {
		this.properties = properties;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			Deadline.after(timeLeft(request)).call(() -> {
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

	private Duration timeLeft(HttpServletRequest request) {
		Duration timeout = timeout(request);
		Duration reserve = timeout.dividedBy(RESERVE_DIVISOR);
		return timeout.minus((reserve.compareTo(MAX_RESERVE) < 0) ? reserve : MAX_RESERVE);
	}

	private Duration timeout(HttpServletRequest request) {
		Duration maximum = SafeRequests.hasSafeMethod(request) ? this.properties.safeTimeout()
				: this.properties.timeout();
		Duration requested = requested(request.getHeader(TIMEOUT));
		return (requested != null && requested.compareTo(maximum) < 0) ? requested : maximum;
	}

	// Ignores a value that is not a number, because no balancer sends one.
	private static @Nullable Duration requested(@Nullable String header) {
		return (header != null && header.matches("\\d{1,9}")) ? Duration.ofMillis(Long.parseLong(header)) : null;
	}

}
