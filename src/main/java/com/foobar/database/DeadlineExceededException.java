package com.foobar.database;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Thrown when a transaction does not begin or continue because the {@link Deadline} of
 * its request has passed. Nothing was committed.
 */
public class DeadlineExceededException extends TransientDataAccessResourceException {

	public DeadlineExceededException() {
		super("The deadline of the request has passed");
	}

}
