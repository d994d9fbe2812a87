package com.foobar.web.idempotency;

import java.util.Optional;

import com.foobar.web.consistency.SignInRecheck;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives a request with an {@link IdempotencyKey} its effect once, and the same answer
 * however often it is sent.
 *
 * <p>
 * A handler may run more than once, for {@link IdempotentExecutor} is run again when the
 * database fails it. Only what the handler did to the database, and to the headers of its
 * response, is taken back.
 */
@Component
class IdempotencyInterceptor implements MethodInterceptor {

	private final IdempotentExecutor work;

	private final SignInRecheck signIn;

	IdempotencyInterceptor(IdempotentExecutor work, SignInRecheck signIn) {
		this.work = work;
		this.signIn = signIn;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		HandlerInvocation call = HandlerInvocation.of(invocation);
		if (!call.hasErrors()) {
			this.signIn.check(call.request());
		}
		return call.isExplicit() ? call.expose() : perform(call);
	}

	/** Does what a call wants, once if it has a key. */
	@Nullable Object perform(HandlerInvocation call) throws Throwable {
		// A form with errors is shown again, and nothing is written.
		Optional<IdempotencyKey> key = IdempotencyKey.of(call.request()).filter((sent) -> !call.hasErrors());
		return key.isPresent() ? call.give(this.work.answer(key.get(), call)) : call.proceed(call.response());
	}

}
