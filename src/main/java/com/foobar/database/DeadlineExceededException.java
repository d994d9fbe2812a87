package com.foobar.database;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * A transaction was not begun, or not continued, for the {@link Deadline} of its request
 * has passed: nobody would wait for it. Nothing was committed.
 */
public class DeadlineExceededException extends TransientDataAccessResourceException {

	public DeadlineExceededException() {
		super("The deadline of the request has passed, and nothing more is begun for it");
	}

}
