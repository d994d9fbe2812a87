package com.foobar.web.idempotency;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs the idempotent part of a handler with {@link ExplicitIdempotency}. All other
 * handlers that write are idempotent as a whole. Safe for use by several threads.
 */
@Component
public class IdempotencyTemplate {

	private final IdempotencyInterceptor interceptor;

	IdempotencyTemplate(IdempotencyInterceptor interceptor) {
		this.interceptor = interceptor;
	}

	/**
	 * Runs the work. If the request has an Idempotency-Key the work runs in one
	 * transaction, is skipped if an earlier request has done it, and runs again after a
	 * failure of the database.
	 * @param work takes the response to add headers to, and returns the handler's result
	 * @return the value that the handler must return at once; null if the response has
	 * been written already
	 * @throws UndeclaredThrowableException if the work throws a checked exception
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T execute(Function<HttpServletResponse, T> work) {
		try {
			return (T) this.interceptor.perform(HandlerInvocation.current().withPart(work));
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

}
