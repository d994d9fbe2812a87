package com.foobar.web;

import java.time.Duration;
import java.util.Optional;

import com.foobar.database.UnknownOutcomeException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Gives a request with an {@link IdempotencyKey} its effect once, and the same answer
 * however often it is sent. An attempt that the database failed is followed by another
 * one, also when nobody knows whether it had its effect: {@link KeyedWork} finds out.
 *
 * <p>
 * A handler may thus run more than once, and only what it did to the database, and to the
 * headers of its response, is taken back.
 */
@Component
class Idempotency implements MethodInterceptor {

	// Outlasts most failovers. No attempt begins after ten seconds, so that the last one,
	// held for fifteen at most, ends before the balancer gives up (30 s).
	private static final RetryPolicy POLICY = RetryPolicy.builder()
		.maxRetries(10)
		.timeout(Duration.ofSeconds(10))
		.delay(Duration.ofMillis(100))
		.multiplier(2)
		.maxDelay(Duration.ofSeconds(1))
		.jitter(Duration.ofMillis(50))
		// The first may have had its effect, the others had none.
		.includes(UnknownOutcomeException.class, TransientDataAccessException.class,
				RecoverableDataAccessException.class, DataAccessResourceFailureException.class,
				CannotCreateTransactionException.class)
		.build();

	private final RetryTemplate attempts = new RetryTemplate(POLICY);

	private final KeyedWork work;

	Idempotency(KeyedWork work) {
		this.work = work;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		HandlerCall call = HandlerCall.of(invocation);
		return call.isExplicit() ? call.expose() : perform(call);
	}

	/** Does what a call wants, once if it has a key. */
	@Nullable Object perform(HandlerCall call) throws Throwable {
		Optional<IdempotencyKey> key = IdempotencyKey.of(call.request());
		return key.isPresent() ? call.give(answer(key.get(), call)) : call.proceed(call.response());
	}

	private Answer answer(IdempotencyKey key, HandlerCall call) throws Throwable {
		try {
			return this.attempts.execute(() -> this.work.answer(key, call));
		}
		catch (RetryException ex) {
			throw outcome(ex);
		}
	}

	// That the database failed the last attempt without effect says nothing of the ones
	// before.
	private static Throwable outcome(RetryException ex) {
		Throwable last = ex.getLastException();
		return ex.getExceptions()
			.stream()
			.filter((before) -> before instanceof UnknownOutcomeException && POLICY.shouldRetry(last))
			.findFirst()
			.orElse(last);
	}

}
