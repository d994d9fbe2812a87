package com.foobar.web.limit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Limits how many large responses an instance builds at once, which bounds the memory
 * they use. Other requests wait for a permit, for at most
 * {@code foobar.large-responses.timeout}, and then get 503. Safe for use by several
 * threads.
 *
 * <p>
 * Acquire a permit before you read the rows of a response, because the rows take the
 * memory, and outside a transaction, so that a waiting request holds no connection. A
 * permit ends with its request, or after {@code foobar.large-responses.max-duration}, so
 * that a slow database or a client that does not read cannot block other requests for
 * ever. The balancer reads a response at once, so a permit is held only while a response
 * is built.
 */
@Component
public class LargeResponses {

	// In bytes. Most articles with their comments are smaller and need no permit: while
	// the database is slow, four at once would be too few. Searches and other lists of
	// ten articles need none either, because they are smaller than the buffer of a page.
	private static final long LARGE_BYTES = 64_000;

	private static final String PERMIT = LargeResponses.class.getName();

	private final Bulkhead bulkhead;

	private final Duration maxDuration;

	LargeResponses(LargeResponseProperties properties) {
		this.bulkhead = new Bulkhead(properties.maxConcurrent(), properties.timeout());
		this.maxDuration = properties.maxDuration();
	}

	/**
	 * Acquires a permit for this request if its response has a large text.
	 * @throws BulkheadFullException if there is no permit in time
	 */
	public void acquireIfLarge(@Nullable String text) {
		acquireIfLarge((text != null) ? text.getBytes(StandardCharsets.UTF_8).length : 0);
	}

	/**
	 * Acquires a permit for this request if its response is large.
	 * @param bytes the size of its text in UTF-8
	 * @throws BulkheadFullException if there is no permit in time
	 */
	public void acquireIfLarge(long bytes) {
		if (bytes > LARGE_BYTES) {
			acquire();
		}
	}

	/**
	 * Acquires a permit for this request, unless it has one already.
	 * @throws BulkheadFullException if there is no permit in time
	 */
	public void acquire() {
		RequestAttributes request = RequestContextHolder.currentRequestAttributes();
		if (request.getAttribute(PERMIT, RequestAttributes.SCOPE_REQUEST) != null) {
			return;
		}
		if (!this.bulkhead.tryAcquire()) {
			throw new BulkheadFullException("Too many large responses are built at once");
		}
		CompletableFuture<Void> permit = startPermit();
		request.setAttribute(PERMIT, permit, RequestAttributes.SCOPE_REQUEST);
		request.registerDestructionCallback(PERMIT, () -> permit.complete(null), RequestAttributes.SCOPE_REQUEST);
	}

	// The end of the request or the timeout completes the future, which releases the
	// permit exactly once.
	private CompletableFuture<Void> startPermit() {
		var permit = new CompletableFuture<Void>();
		permit.thenRun(this.bulkhead::release);
		return permit.completeOnTimeout(null, this.maxDuration.toNanos(), TimeUnit.NANOSECONDS);
	}

}
