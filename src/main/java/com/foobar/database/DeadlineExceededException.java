package com.foobar.database;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * A transaction was not begun, for the {@link Deadline} of its request has passed: nobody
 * would wait for it. Nothing was sent to a server.
 */
class DeadlineExceededException extends TransientDataAccessResourceException {

	DeadlineExceededException() {
		super("The transaction was not begun: the deadline of its request has passed");
	}

}
