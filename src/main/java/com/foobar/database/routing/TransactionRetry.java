package com.foobar.database.routing;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import com.foobar.database.Deadline;
import com.foobar.database.FailureKind;
import com.foobar.database.UnknownOutcomeException;
import io.micrometer.core.instrument.Counter;
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
 * Runs a transaction again if {@link FailureKind} allows it: at most ten times, after
 * pauses of 0.1 to 1 second, and never after its {@link Deadline} (15 seconds for work
 * without one). Only the outermost transaction is run again, because the inner ones are
 * part of it. A transaction that was committed is not run again, even if something fails
 * after the commit. No other code in the application repeats what a database server
 * failed to do. Safe for use by several threads.
 */
public class TransactionRetry extends StaticMethodMatcherPointcutAdvisor {

	/**
	 * The label of a transaction that may run more than once and has its effect once,
	 * whatever the outcome of the first attempt, for example because it inserts a row
	 * with a unique key.
	 */
	static final String IDEMPOTENT = "idempotent";

	// For transactions without a deadline.
	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

	private static final BackOff BACK_OFF = backOff();

	private final TransactionAttributeSource attributes;

	private final Supplier<MeterRegistry> meters;

	private final RetryListener retryListener = new RetryMeter();

	/**
	 * Creates an advisor of the methods that the attributes make transactional.
	 * @param meters supplies the registry, and is called only when a transaction is run
	 * again
	 */
	public TransactionRetry(TransactionAttributeSource attributes, Supplier<MeterRegistry> meters) {
		this.attributes = attributes;
		this.meters = meters;
		setAdvice((MethodInterceptor) this::invoke);
		// The retry is outside the transaction, so that each attempt has a new one.
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
		var commitWatch = new RoutedTransaction.CommitWatch();
		Duration timeout = Deadline.isSet() ? Deadline.current().remaining() : DEFAULT_TIMEOUT;
		var retry = new RetryTemplate(new DeadlinePolicy(attribute(invocation), timeout, commitWatch));
		retry.setRetryListener(this.retryListener);
		try {
			return retry
				.execute(() -> commitWatch.call(() -> ((ProxyMethodInvocation) invocation).invocableClone().proceed()));
		}
		catch (RetryException ex) {
			throw exceptionToThrow(ex);
		}
	}

	private TransactionAttribute attribute(MethodInvocation invocation) {
		Class<?> type = (invocation.getThis() != null) ? invocation.getThis().getClass() : null;
		return Objects.requireNonNull(this.attributes.getTransactionAttribute(invocation.getMethod(), type));
	}

	// If the last attempt failed in the database, an earlier one may still have been
	// committed, so its unknown outcome is reported. Any other exception comes from the
	// site's own code, which saw what the earlier attempts had written.
	private static Throwable exceptionToThrow(RetryException ex) {
		Throwable last = ex.getLastException();
		if (!(last instanceof DataAccessException) && !(last instanceof TransactionException)) {
			return last;
		}
		return ex.getExceptions().stream().filter(UnknownOutcomeException.class::isInstance).findFirst().orElse(last);
	}

	/** Runs again, until the timeout, what {@link FailureKind} allows. */
	private record DeadlinePolicy(TransactionAttribute attribute, Duration timeout,
			RoutedTransaction.CommitWatch commitWatch) implements RetryPolicy {

		@Override
		public boolean shouldRetry(Throwable ex) {
			return !this.commitWatch.isCommitted() && FailureKind.of(ex)
				.isRetried(this.attribute.isReadOnly(), this.attribute.getLabels().contains(IDEMPOTENT));
		}

		// RetryTemplate treats zero as no timeout.
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
			Counter.builder("database.transactions.retried")
				.description("Transactions that ran again, by what had failed")
				.tag("failure", failure)
				.register(TransactionRetry.this.meters.get())
				.increment();
		}

	}

}
