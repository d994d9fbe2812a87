package com.foobar.database;

import java.lang.reflect.Method;
import java.time.Duration;

import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.resilience.retry.MethodRetrySpec;
import org.springframework.resilience.retry.SimpleRetryInterceptor;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs a transaction again that had no effect. A read-only one never has, so it is run
 * again whenever its server went away under it; one that may write only if the server
 * itself refused all of it, or was gone before it had answered any of it. Only the
 * outermost transaction is run again, for the ones inside are part of it.
 */
class TransactionRetry extends StaticMethodMatcherPointcutAdvisor {

	// Four pauses outlast a round of questions to the servers.
	private static final long ATTEMPTS = 4;

	private static final Duration PAUSE = Duration.ofMillis(300);

	private final TransactionAttributeSource attributes;

	TransactionRetry(TransactionAttributeSource attributes) {
		this.attributes = attributes;
		setAdvice(new SimpleRetryInterceptor(new MethodRetrySpec(this::shouldRetry, ATTEMPTS, PAUSE, PAUSE.dividedBy(3),
				1.0, PAUSE.multipliedBy(2))));
		// Around the transaction, which is a new one at each attempt.
		setOrder(HIGHEST_PRECEDENCE);
	}

	@Override
	public boolean matches(Method method, Class<?> type) {
		return this.attributes.getTransactionAttribute(method, type) != null;
	}

	private boolean shouldRetry(Method method, Throwable ex) {
		boolean outermost = !TransactionSynchronizationManager.isActualTransactionActive();
		return outermost && (ex instanceof NoEffectException || isReadOnly(method) && serverWentAway(ex));
	}

	private boolean isReadOnly(Method method) {
		TransactionAttribute attribute = this.attributes.getTransactionAttribute(method, method.getDeclaringClass());
		return attribute != null && attribute.isReadOnly();
	}

	private static boolean serverWentAway(Throwable ex) {
		return ex instanceof NoServerException && !(ex instanceof HeldInVainException)
				|| ex instanceof DataAccessResourceFailureException || ex instanceof RecoverableDataAccessException
				// Where the pool is exhausted, asking again would make that worse.
				|| ex.getCause() instanceof UnreachableException;
	}

}
