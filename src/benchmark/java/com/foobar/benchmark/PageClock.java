package com.foobar.benchmark;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Stops the time that real requests spend in a page's handler, which is with its queries,
 * and then in its template. For requests that come one after another.
 */
final class PageClock implements HandlerInterceptor, WebMvcConfigurer {

	private final List<Double> queries = new ArrayList<>();

	private final List<Double> rendering = new ArrayList<>();

	private long lap;

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public synchronized boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		this.lap = System.nanoTime();
		return true;
	}

	@Override
	public synchronized void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView page) {
		this.queries.add(lap());
	}

	@Override
	public synchronized void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception failure) {
		this.rendering.add(lap());
	}

	// In microseconds.
	private double lap() {
		long began = this.lap;
		this.lap = System.nanoTime();
		return (this.lap - began) / 1e3;
	}

	synchronized void reset() {
		this.queries.clear();
		this.rendering.clear();
	}

	synchronized List<Double> queries() {
		return List.copyOf(this.queries);
	}

	synchronized List<Double> rendering() {
		return List.copyOf(this.rendering);
	}

}
