package com.foobar.database;

import java.lang.reflect.Method;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.resilience.retry.MethodRetrySpec;
import org.springframework.resilience.retry.SimpleRetryInterceptor;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs a read-only transaction again when its server went away under it: it changed
 * nothing, so nobody can tell, and by then the next server is known. Only the outermost
 * transaction is run again, for the ones inside are part of it.
 */
class ReadRetry extends StaticMethodMatcherPointcutAdvisor {

	// Four pauses outlast a round of questions to the servers. Where servers fail at
	// once, they end before the balancer gives a read up (2 s).
	private static final MethodRetrySpec AGAIN = new MethodRetrySpec((method, ex) -> serverWentAway(ex), 4,
			Duration.ofMillis(300));

	private final TransactionAttributeSource attributes;

	ReadRetry(TransactionAttributeSource attributes) {
		this.attributes = attributes;
		setAdvice(new SimpleRetryInterceptor(AGAIN));
		// Around the transaction, which is a new one at each attempt.
		setOrder(HIGHEST_PRECEDENCE);
	}

	@Override
	public boolean matches(Method method, Class<?> type) {
		TransactionAttribute attribute = this.attributes.getTransactionAttribute(method, type);
		return attribute != null && attribute.isReadOnly();
	}

	private static boolean serverWentAway(Throwable ex) {
		boolean outermost = !TransactionSynchronizationManager.isActualTransactionActive();
		return outermost && (ex instanceof DataAccessResourceFailureException
				|| ex instanceof RecoverableDataAccessException || cannotConnect(ex.getCause()));
	}

	// A pool that waited in vain names the last refusal as its cause, if there was one.
	// Without, it is exhausted, and asking again would make that worse.
	private static boolean cannotConnect(@Nullable Throwable cause) {
		return cause instanceof SQLTransientConnectionException && cause.getCause() != null;
	}

}
