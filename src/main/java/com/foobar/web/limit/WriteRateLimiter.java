package com.foobar.web.limit;

import java.util.Optional;
import java.util.Set;

import com.foobar.web.SafeRequests;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Limits how much one account writes, so that nobody fills the database alone. It counts
 * every request of somebody signed in that may change something, before its body is read
 * and before a transaction begins for it; one that is refused or repeated counts as well.
 * Signing out never counts: whoever uses a stolen sign-in up to the limit cannot keep its
 * owner from ending it.
 *
 * <p>
 * Each instance counts for itself, so an account has as many times the limit as there are
 * instances. Counting together would take a write for each write.
 */
@Component
class WriteRateLimiter implements HandlerInterceptor, WebMvcConfigurer {

	private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

	private final RateLimiter writes;

	WriteRateLimiter(WriteLimitProperties properties) {
		this.writes = new RateLimiter(properties.perAccount(), properties.window());
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		// Before interceptors that ask the database or look at the body.
		registry.addInterceptor(this)
			.excludePathPatterns("/logout", "/logout/everywhere")
			.order(Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		// The error page of a refused request is no second one.
		if (WRITING.contains(request.getMethod()) && request.getDispatcherType() == DispatcherType.REQUEST
				&& !SafeRequests.isSafe(handler)) {
			AuthenticatedUser.of(request).ifPresent(this::count);
		}
		return true;
	}

	private void count(AuthenticatedUser visitor) {
		Optional.of(Long.toString(visitor.id())).flatMap(this.writes::tryAcquire).ifPresent((wait) -> {
			throw new TooManyWritesException(visitor, wait);
		});
	}

}
