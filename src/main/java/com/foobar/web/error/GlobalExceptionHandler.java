package com.foobar.web.error;

import java.io.IOException;

import com.foobar.database.FailureKind;
import com.foobar.database.UnknownOutcomeException;
import com.foobar.web.RequestDeadlineFilter;
import com.foobar.web.SafeRequests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;

/**
 * Turns the exceptions of controllers into {@link ErrorDetails}.
 */
@ControllerAdvice
class GlobalExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(GlobalExceptionHandler.class);

	@ExceptionHandler
	void refused(RequestRefusedException ex, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		ex.writeRetryAfter(response);
		ex.error().send(request, response);
	}

	@ExceptionHandler
	void invalid(BindException ex, HttpServletRequest request, HttpServletResponse response) throws IOException {
		FieldErrors.of(ex.getBindingResult()).send(request, response);
	}

	@ExceptionHandler
	void unreadable(HttpMessageNotReadableException ex, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		unreadable(ex).send(request, response);
	}

	private static ErrorDetails unreadable(HttpMessageNotReadableException ex) {
		if (ex.getCause() instanceof StreamConstraintsException) {
			return ErrorDetails.of(HttpStatus.CONTENT_TOO_LARGE, "body", "is too large");
		}
		if (ex.getCause() instanceof DatabindException mismatch) {
			String field = FieldErrors.name(mismatch.getPath());
			return ErrorDetails.of(HttpStatus.UNPROCESSABLE_CONTENT, field, "has the wrong type");
		}
		// Without a cause, the request had no body.
		return (ex.getCause() != null) ? ErrorDetails.of(HttpStatus.BAD_REQUEST, "body", "is not valid JSON")
				: ErrorDetails.of(HttpStatus.UNPROCESSABLE_CONTENT, "body", "can't be blank");
	}

	@ExceptionHandler
	void typeMismatch(MethodArgumentTypeMismatchException ex, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		ErrorDetails.of(HttpStatus.UNPROCESSABLE_CONTENT, ex.getName(), "is not valid").send(request, response);
	}

	@ExceptionHandler
	void invalidParameter(InvalidParameterException ex, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		ErrorDetails.of(HttpStatus.BAD_REQUEST, "query", "is not valid").send(request, response);
	}

	@ExceptionHandler({ DataAccessResourceFailureException.class, TransientDataAccessException.class,
			RecoverableDataAccessException.class, CannotCreateTransactionException.class })
	void unavailable(Exception ex, HttpServletRequest request, HttpServletResponse response) throws IOException {
		logger.warn("{} {} was not served: {}", request.getMethod(), request.getRequestURI(), reason(ex));
		(isForAnotherInstance(ex, request) ? ErrorDetails.DATABASE_UNREACHABLE : ErrorDetails.DATABASE_UNAVAILABLE)
			.send(request, response);
	}

	// Only a balancer can try another instance, and only with a safe method.
	private static boolean isForAnotherInstance(Exception ex, HttpServletRequest request) {
		return request.getHeader(RequestDeadlineFilter.TIMEOUT) != null && SafeRequests.hasSafeMethod(request)
				&& FailureKind.of(ex).mayAnotherInstanceSucceed();
	}

	@ExceptionHandler
	void unknownOutcome(UnknownOutcomeException ex, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		logger.warn("It is not known whether {} {} had an effect: {}", request.getMethod(), request.getRequestURI(),
				reason(ex));
		ErrorDetails.OUTCOME_UNKNOWN.send(request, response);
	}

	private static @Nullable String reason(Exception ex) {
		return NestedExceptionUtils.getMostSpecificCause(ex).getMessage();
	}

}
