package com.foobar.web.idempotency;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Does a part of a handler's work that must have its effect once. For handlers with
 * {@link ExplicitIdempotency}; everybody else gets that for the whole handler.
 */
@Component
public class IdempotencyTemplate {

	private final IdempotencyInterceptor idempotency;

	IdempotencyTemplate(IdempotencyInterceptor idempotency) {
		this.idempotency = idempotency;
	}

	/**
	 * Does the work, in one transaction if the request has an Idempotency-Key: unless it
	 * was done before, and again if the database failed it.
	 * @param work given the response to add headers to; answers what the handler is to
	 * answer
	 * @return what the handler must return at once; null if an answer has been written
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T execute(Function<HttpServletResponse, T> work) {
		try {
			return (T) this.idempotency.perform(HandlerInvocation.current().only(work));
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

}
