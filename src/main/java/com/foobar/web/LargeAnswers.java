package com.foobar.web;

import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Bounds how many large answers an instance makes at once, and with them the memory that
 * readers can make it use. The others wait for their turn, and then get 503.
 *
 * <p>
 * Ask for a turn before reading what fills an answer, for the rows take the memory; and
 * outside a transaction, so that nobody who waits holds a connection. The turn ends with
 * the request, when all of the answer is written.
 */
@Component
public class LargeAnswers {

	// Bytes. Most articles with their comments have less and never wait here: while
	// databases are slow, four at once would be too few for them.
	private static final long LARGE = 64_000;

	private static final String TURN = LargeAnswers.class.getName();

	private final Bulkhead bulkhead;

	LargeAnswers(LargeAnswerProperties properties) {
		this.bulkhead = new Bulkhead(properties.atOnce(), properties.patience());
	}

	/**
	 * Waits for the turn of this request if what it is about to be answered is large.
	 * @param bytes how much text that has
	 * @throws BusyException if too many others came first
	 */
	public void expect(long bytes) {
		if (bytes > LARGE) {
			expectLarge();
		}
	}

	/**
	 * Waits for the turn of this request.
	 * @throws BusyException if too many others came first
	 */
	public void expectLarge() {
		RequestAttributes request = RequestContextHolder.currentRequestAttributes();
		if (request.getAttribute(TURN, RequestAttributes.SCOPE_REQUEST) != null) {
			return;
		}
		if (!this.bulkhead.tryEnter()) {
			throw new BusyException("Too many large answers are made at once");
		}
		request.setAttribute(TURN, true, RequestAttributes.SCOPE_REQUEST);
		request.registerDestructionCallback(TURN, this.bulkhead::leave, RequestAttributes.SCOPE_REQUEST);
	}

}
