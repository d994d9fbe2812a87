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

/** A controller's handler, about to be called with what a request says. */
record HandlerInvocation(MethodInvocation call, HttpServletRequest request, HttpServletResponse response,
		@Nullable Function<HttpServletResponse, ?> part) {

	private static final String ATTRIBUTE = HandlerInvocation.class.getName();

	static HandlerInvocation of(MethodInvocation call) {
		var current = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
		return new HandlerInvocation(call, current.getRequest(), Objects.requireNonNull(current.getResponse()), null);
	}

	/** The call under way, of a handler with {@link ExplicitIdempotency}. */
	static HandlerInvocation current() {
		return (HandlerInvocation) Objects.requireNonNull(
				RequestContextHolder.currentRequestAttributes()
					.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST),
				"No handler with @ExplicitIdempotency is being called");
	}

	/** Whether the handler says itself which part of it has its effect once. */
	boolean isExplicit() {
		return this.call.getMethod().isAnnotationPresent(ExplicitIdempotency.class);
	}

	/** Calls the handler, which may ask for {@link #current()} meanwhile. */
	@Nullable Object expose() throws Throwable {
		this.request.setAttribute(ATTRIBUTE, this);
		return this.call.proceed();
	}

	/** The same call, of which only that part is to be done. */
	HandlerInvocation only(Function<HttpServletResponse, ?> part) {
		return new HandlerInvocation(this.call, this.request, this.response, part);
	}

	/** Whether its result is the answer. That of a page's handler names a view. */
	boolean isApi() {
		return AnnotatedElementUtils.hasAnnotation(this.call.getMethod().getDeclaringClass(), ResponseBody.class);
	}

	/** Whether what was sent is refused already, as the handler is about to say. */
	boolean hasErrors() {
		return Stream.of(this.call.getArguments())
			.anyMatch((argument) -> argument instanceof Errors errors && errors.hasErrors());
	}

	int status() {
		var status = AnnotatedElementUtils.findMergedAnnotation(this.call.getMethod(), ResponseStatus.class);
		return ((status != null) ? status.code() : HttpStatus.OK).value();
	}

	/** What the request says, but for that which no two requests share. */
	List<?> said() {
		Map<String, String[]> parameters = new TreeMap<>(this.request.getParameterMap());
		parameters.keySet().removeAll(List.of("_csrf", IdempotencyKey.FIELD));
		var declared = this.call.getMethod().getParameters();
		List<?> bodies = IntStream.range(0, declared.length)
			.filter((i) -> declared[i].isAnnotationPresent(RequestBody.class))
			.mapToObj((i) -> this.call.getArguments()[i])
			.toList();
		return List.of(this.request.getMethod(), this.request.getRequestURI(), parameters, bodies);
	}

	/**
	 * Calls the handler, or that part of it, as often as one likes, with a response in
	 * place of the real one.
	 */
	@Nullable Object proceed(HttpServletResponse response) throws Throwable {
		if (this.part != null) {
			return this.part.apply(response);
		}
		@Nullable Object[] arguments = Stream.of(this.call.getArguments())
			.map((argument) -> (argument instanceof HttpServletResponse) ? response : argument)
			.toArray();
		return ((ProxyMethodInvocation) this.call).invocableClone(arguments).proceed();
	}

	/**
	 * Gives the answer.
	 * @return what the handler is to have returned
	 */
	@Nullable Object give(StoredResponse answer) throws IOException {
		answer.headers().forEach((header) -> this.response.addHeader(header.name(), header.value()));
		if (!isApi()) {
			return answer.content();
		}
		this.response.setStatus(answer.status());
		if (answer.content() != null) {
			this.response.setContentType("application/json;charset=UTF-8");
			this.response.getOutputStream().write(answer.content().getBytes(UTF_8));
		}
		return null;
	}

}
