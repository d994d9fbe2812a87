package com.foobar.database;

import java.lang.reflect.Method;
import java.time.Duration;

import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.resilience.retry.MethodRetrySpec;
import org.springframework.resilience.retry.SimpleRetryInterceptor;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs a read-only transaction again when its server went away under it: it changed
 * nothing, so nobody can tell, and by then the next server is known. Only the outermost
 * transaction is run again, for the ones inside are part of it.
 */
class ReadRetry extends StaticMethodMatcherPointcutAdvisor {

	// Three pauses outlast a round of questions to the servers, and end before the
	// balancer gives a read up (2 s).
	private static final MethodRetrySpec AGAIN = new MethodRetrySpec((method, ex) -> serverWentAway(ex), 4,
			Duration.ofMillis(300));

	private final TransactionAttributeSource attributes;

	ReadRetry(TransactionAttributeSource attributes) {
		this.attributes = attributes;
		setAdvice(new SimpleRetryInterceptor(AGAIN));
		setOrder(HIGHEST_PRECEDENCE); // around the transaction, which is new at each
										// attempt
	}

	@Override
	public boolean matches(Method method, Class<?> type) {
		TransactionAttribute attribute = this.attributes.getTransactionAttribute(method, type);
		return attribute != null && attribute.isReadOnly();
	}

	private static boolean serverWentAway(Throwable ex) {
		boolean outermost = !TransactionSynchronizationManager.isActualTransactionActive();
		return outermost && (ex instanceof DataAccessResourceFailureException
				|| ex instanceof TransientDataAccessResourceException || ex instanceof RecoverableDataAccessException
				|| ex instanceof TransactionException);
	}

}
