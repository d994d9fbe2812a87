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
 * Measures the time that requests spend in a page's handler, which includes its queries,
 * and then in its template. The requests must come one after another.
 */
final class PageClock implements HandlerInterceptor, WebMvcConfigurer {

	private final List<Double> queries = new ArrayList<>();

	private final List<Double> rendering = new ArrayList<>();

	private long lastTime;

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public synchronized boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		this.lastTime = System.nanoTime();
		return true;
	}

	@Override
	public synchronized void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView page) {
		this.queries.add(elapsed());
	}

	@Override
	public synchronized void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception failure) {
		this.rendering.add(elapsed());
	}

	// Returns the time since the last call in microseconds.
	private double elapsed() {
		long began = this.lastTime;
		this.lastTime = System.nanoTime();
		return (this.lastTime - began) / 1e3;
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
