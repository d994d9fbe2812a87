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
 * Bounds how many large answers an instance makes at once, and with them the memory that
 * readers can make it use. The others wait for their turn, and then get 503.
 *
 * <p>
 * Ask for a turn before reading what fills an answer, because the rows take the memory;
 * and outside a transaction, so that nobody who waits holds a connection. A turn ends
 * with its request, or earlier once it has lasted for the longest time: a slow database,
 * or readers who do not read, keep the others waiting for that long and not for ever. The
 * balancer reads an answer at once, so it takes a turn no longer than making it does.
 */
@Component
public class LargeResponses {

	// Bytes. Most articles with their comments have less and never wait here: while
	// databases are slow, four at once would be too few for them. Nor do searches, and
	// other pages with ten articles in a list, which have less than is kept of any page.
	private static final long LARGE = 64_000;

	private static final String TURN = LargeResponses.class.getName();

	private final Bulkhead bulkhead;

	private final Duration longest;

	LargeResponses(LargeResponseProperties properties) {
		this.bulkhead = new Bulkhead(properties.atOnce(), properties.patience());
		this.longest = properties.longest();
	}

	/**
	 * Waits for the turn of this request if its answer has a large text.
	 * @throws BulkheadFullException if too many others came first
	 */
	public void expect(@Nullable String text) {
		expect((text != null) ? text.getBytes(StandardCharsets.UTF_8).length : 0);
	}

	/**
	 * Waits for the turn of this request if its answer is large.
	 * @param bytes how much text it has
	 * @throws BulkheadFullException if too many others came first
	 */
	public void expect(long bytes) {
		if (bytes > LARGE) {
			acquire();
		}
	}

	/**
	 * Waits for the turn of this request.
	 * @throws BulkheadFullException if too many others came first
	 */
	public void acquire() {
		RequestAttributes request = RequestContextHolder.currentRequestAttributes();
		if (request.getAttribute(TURN, RequestAttributes.SCOPE_REQUEST) != null) {
			return;
		}
		if (!this.bulkhead.tryEnter()) {
			throw new BulkheadFullException("Too many large answers are made at once");
		}
		CompletableFuture<Void> turn = begin();
		request.setAttribute(TURN, turn, RequestAttributes.SCOPE_REQUEST);
		request.registerDestructionCallback(TURN, () -> turn.complete(null), RequestAttributes.SCOPE_REQUEST);
	}

	// It is completed by its request or by the clock, and given back once.
	private CompletableFuture<Void> begin() {
		var turn = new CompletableFuture<Void>();
		turn.thenRun(this.bulkhead::leave);
		return turn.completeOnTimeout(null, this.longest.toNanos(), TimeUnit.NANOSECONDS);
	}

}
