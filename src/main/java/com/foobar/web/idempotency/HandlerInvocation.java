package com.foobar.web.idempotency;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.validation.Errors;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A call of a controller's handler, with the request and the response that it serves.
 *
 * @param part the part of the handler that {@link #proceed} runs; null for all of it
 */
record HandlerInvocation(MethodInvocation invocation, HttpServletRequest request, HttpServletResponse response,
		@Nullable Function<HttpServletResponse, ?> part) {

	private static final String ATTRIBUTE = HandlerInvocation.class.getName();

	static HandlerInvocation of(MethodInvocation invocation) {
		var current = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
		return new HandlerInvocation(invocation, current.getRequest(), Objects.requireNonNull(current.getResponse()),
				null);
	}

	/**
	 * Returns the call that this thread runs, of a handler with
	 * {@link ExplicitIdempotency}.
	 * @throws NullPointerException if this thread runs no such handler
	 */
	static HandlerInvocation current() {
		return (HandlerInvocation) Objects.requireNonNull(
				RequestContextHolder.currentRequestAttributes()
					.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST),
				"No handler with @ExplicitIdempotency is being called");
	}

	/** Whether the handler has {@link ExplicitIdempotency}. */
	boolean isExplicit() {
		return this.invocation.getMethod().isAnnotationPresent(ExplicitIdempotency.class);
	}

	/** Calls the handler, and makes this call its {@link #current()} one. */
	@Nullable Object expose() throws Throwable {
		this.request.setAttribute(ATTRIBUTE, this);
		return this.invocation.proceed();
	}

	/** Returns this call, limited to a part of the handler. */
	HandlerInvocation withPart(Function<HttpServletResponse, ?> part) {
		return new HandlerInvocation(this.invocation, this.request, this.response, part);
	}

	/**
	 * Whether the handler's result is the body of the response. The result of a page's
	 * handler is the name of a view.
	 */
	boolean isApi() {
		return AnnotatedElementUtils.hasAnnotation(this.invocation.getMethod().getDeclaringClass(), ResponseBody.class);
	}

	/** Whether validation has found errors, which the handler is going to report. */
	boolean hasErrors() {
		return Stream.of(this.invocation.getArguments())
			.anyMatch((argument) -> argument instanceof Errors errors && errors.hasErrors());
	}

	int status() {
		var status = AnnotatedElementUtils.findMergedAnnotation(this.invocation.getMethod(), ResponseStatus.class);
		return ((status != null) ? status.code() : HttpStatus.OK).value();
	}

	/**
	 * Returns the content of the request, which is equal in a repeat of the request:
	 * method, address, parameters and bodies, without the CSRF token and the key.
	 */
	List<?> requestContent() {
		Map<String, String[]> parameters = new TreeMap<>(this.request.getParameterMap());
		parameters.keySet().removeAll(List.of("_csrf", IdempotencyKey.FIELD));
		var declaredParameters = this.invocation.getMethod().getParameters();
		List<?> bodies = IntStream.range(0, declaredParameters.length)
			.filter((i) -> declaredParameters[i].isAnnotationPresent(RequestBody.class))
			.mapToObj((i) -> this.invocation.getArguments()[i])
			.toList();
		return List.of(this.request.getMethod(), this.request.getRequestURI(), parameters, bodies);
	}

	/**
	 * Calls the handler, or its part, with another response in place of the real one. It
	 * may be called several times.
	 */
	@Nullable Object proceed(HttpServletResponse response) throws Throwable {
		if (this.part != null) {
			return this.part.apply(response);
		}
		@Nullable Object[] arguments = Stream.of(this.invocation.getArguments())
			.map((argument) -> (argument instanceof HttpServletResponse) ? response : argument)
			.toArray();
		return ((ProxyMethodInvocation) this.invocation).invocableClone(arguments).proceed();
	}

	/**
	 * Writes the stored headers, and the status and the body of an API response.
	 * @return the value to return in place of the handler's: the name of a page's view;
	 * null for an API response, which is complete
	 */
	@Nullable Object write(StoredResponse stored) throws IOException {
		stored.headers().forEach((header) -> this.response.addHeader(header.name(), header.value()));
		if (!isApi()) {
			return stored.content();
		}
		this.response.setStatus(stored.status());
		if (stored.content() != null) {
			this.response.setContentType("application/json;charset=UTF-8");
			this.response.getOutputStream().write(stored.content().getBytes(UTF_8));
		}
		return null;
	}

}
