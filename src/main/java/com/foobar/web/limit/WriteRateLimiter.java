package com.foobar.web.limit;

import java.util.Optional;

import com.foobar.web.SafeRequests;
import com.foobar.web.security.AuthenticatedUser;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Limits how many writing requests one account sends, so that no account can fill the
 * database alone. It counts every request of a signed-in user that may write, before the
 * body is read and before a transaction begins. Refused and repeated requests count too.
 * Sign-outs do not count, so that a thief who uses up the limit cannot keep the user from
 * ending the stolen sign-in. Safe for use by several threads.
 *
 * <p>
 * Each instance counts for itself, so an account's total limit is the limit times the
 * number of instances. A shared counter would need a database write for each write.
 */
@Component
class WriteRateLimiter implements HandlerInterceptor, WebMvcConfigurer {

	private final RateLimiter limiter;

	WriteRateLimiter(WriteLimitProperties properties, MeterRegistry meters) {
		this.limiter = new RateLimiter(properties.perAccount(), properties.window(), meters);
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		// Before the interceptors that query the database or read the body.
		registry.addInterceptor(this)
			.excludePathPatterns("/logout", "/logout/everywhere")
			.order(Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		// Does not count the error dispatch of a refused request again.
		if (!SafeRequests.hasSafeMethod(request) && !SafeRequests.isSafeHandler(handler)
				&& request.getDispatcherType() == DispatcherType.REQUEST) {
			AuthenticatedUser.of(request).ifPresent(this::count);
		}
		return true;
	}

	private void count(AuthenticatedUser user) {
		Optional.of(Long.toString(user.id())).flatMap(this.limiter::tryAcquire).ifPresent((wait) -> {
			throw new TooManyWritesException(user, wait);
		});
	}

}
