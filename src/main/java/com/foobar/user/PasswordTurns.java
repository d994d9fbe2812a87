package com.foobar.user;

import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Has requests wait for the turn to hash a password before they begin. One that carries
 * an Idempotency-Key holds a connection to the primary from its beginning, and those who
 * wait would leave none for anybody else who writes.
 */
@Component
class PasswordTurns implements HandlerInterceptor, WebMvcConfigurer {

	private static final Set<String> HASHING = Set.of("POST", "PUT");

	private final Turns turns;

	PasswordTurns(PasswordProperties properties) {
		this.turns = new Turns(properties);
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this)
			.addPathPatterns("/api/users", "/api/users/login", "/api/user", "/register", "/login", "/settings");
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (HASHING.contains(request.getMethod())) {
			this.turns.take();
		}
		return true;
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception failure) {
		if (HASHING.contains(request.getMethod())) {
			this.turns.end();
		}
	}

}
