package com.foobar.database.routing;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import com.foobar.database.Deadline;
import com.foobar.database.FailureKind;
import com.foobar.database.UnknownOutcomeException;
import io.micrometer.core.instrument.MeterRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Runs a transaction again where {@link FailureKind} says so, after pauses of 100 ms to 1
 * s, at most ten times, and never after its {@link Deadline}. Only the outermost
 * transaction is run again, for the ones inside are part of it; and not once it has been
 * committed, whatever fails after that. Nothing else in the application repeats what a
 * database server failed to do.
 */
public class TransactionRetry extends StaticMethodMatcherPointcutAdvisor {

	/**
	 * The label of a transaction that may run more than once and has its effect once: it
	 * leaves a mark that cannot be left twice, whatever became of the first attempt.
	 */
	static final String IDEMPOTENT = "idempotent";

	// For transactions without a deadline.
	private static final Duration LONGEST = Duration.ofSeconds(15);

	private static final BackOff BACK_OFF = backOff();

	private final TransactionAttributeSource attributes;

	private final Supplier<MeterRegistry> meters;

	private final RetryListener meter = new RetryMeter();

	/**
	 * Runs again what these say.
	 * @param meters is asked for when the first one is
	 */
	public TransactionRetry(TransactionAttributeSource attributes, Supplier<MeterRegistry> meters) {
		this.attributes = attributes;
		this.meters = meters;
		setAdvice((MethodInterceptor) this::invoke);
		// Around the transaction, which is a new one at each attempt.
		setOrder(HIGHEST_PRECEDENCE);
	}

	private static BackOff backOff() {
		var pauses = new ExponentialBackOff(100, 2);
		pauses.setMaxInterval(1000);
		pauses.setJitter(50);
		pauses.setMaxAttempts(10);
		return pauses;
	}

	@Override
	public boolean matches(Method method, Class<?> type) {
		return this.attributes.getTransactionAttribute(method, type) != null;
	}

	private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			return invocation.proceed();
		}
		var commit = new RoutedTransaction.CommitWatch();
		Duration timeout = Deadline.isSet() ? Deadline.current().left() : LONGEST;
		var retry = new RetryTemplate(new DeadlinePolicy(attribute(invocation), timeout, commit));
		retry.setRetryListener(this.meter);
		try {
			return retry
				.execute(() -> commit.call(() -> ((ProxyMethodInvocation) invocation).invocableClone().proceed()));
		}
		catch (RetryException ex) {
			throw outcome(ex);
		}
	}

	private TransactionAttribute attribute(MethodInvocation invocation) {
		Class<?> type = (invocation.getThis() != null) ? invocation.getThis().getClass() : null;
		return Objects.requireNonNull(this.attributes.getTransactionAttribute(invocation.getMethod(), type));
	}

	// That the database failed the last attempt says nothing of the ones before. What the
	// site itself answers does, for it saw what they had written.
	private static Throwable outcome(RetryException ex) {
		Throwable last = ex.getLastException();
		if (!(last instanceof DataAccessException) && !(last instanceof TransactionException)) {
			return last;
		}
		return ex.getExceptions().stream().filter(UnknownOutcomeException.class::isInstance).findFirst().orElse(last);
	}

	/** Until the deadline, whatever {@link FailureKind} says is run again. */
	private record DeadlinePolicy(TransactionAttribute attribute, Duration timeout,
			RoutedTransaction.CommitWatch commit) implements RetryPolicy {

		@Override
		public boolean shouldRetry(Throwable ex) {
			return !this.commit.isCommitted() && FailureKind.of(ex)
				.isRepeated(this.attribute.isReadOnly(), this.attribute.getLabels().contains(IDEMPOTENT));
		}

		// RetryTemplate takes zero for no timeout at all.
		@Override
		public Duration getTimeout() {
			return this.timeout.isPositive() ? this.timeout : Duration.ofMillis(1);
		}

		@Override
		public BackOff getBackOff() {
			return BACK_OFF;
		}

	}

	private final class RetryMeter implements RetryListener {

		@Override
		public void beforeRetry(RetryPolicy policy, Retryable<?> transaction, RetryState state) {
			String failure = FailureKind.of(state.getLastException()).label();
			TransactionRetry.this.meters.get().counter("database.transactions.retried", "failure", failure).increment();
		}

	}

}
