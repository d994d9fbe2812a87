package com.foobar.web.idempotency;

import java.util.Optional;

import com.foobar.web.consistency.SignInRecheck;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Applies a request with an {@link IdempotencyKey} once, and gives every repeat of it the
 * same response. It also rechecks the sign-in of every writing request.
 *
 * <p>
 * A handler may run more than once, because {@link IdempotentExecutor} runs again after a
 * failure of the database. Only the handler's changes to the database, and to the headers
 * of its response, are rolled back.
 */
@Component
class IdempotencyInterceptor implements MethodInterceptor {

	private final IdempotentExecutor executor;

	private final SignInRecheck signInRecheck;

	IdempotencyInterceptor(IdempotentExecutor executor, SignInRecheck signInRecheck) {
		this.executor = executor;
		this.signInRecheck = signInRecheck;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		HandlerInvocation call = HandlerInvocation.of(invocation);
		if (!call.hasErrors()) {
			this.signInRecheck.check(call.request());
		}
		return call.isExplicit() ? call.expose() : perform(call);
	}

	/** Runs the handler, once if the request has a key. */
	@Nullable Object perform(HandlerInvocation call) throws Throwable {
		// A form with errors is shown again and writes nothing, so it needs no key.
		Optional<IdempotencyKey> key = IdempotencyKey.of(call.request()).filter((sent) -> !call.hasErrors());
		return key.isPresent() ? call.write(this.executor.execute(key.get(), call)) : call.proceed(call.response());
	}

}
