package com.foobar.database;

import org.springframework.dao.TransientDataAccessResourceException;

/** No server can take this transaction now. Another attempt, in a while, may find one. */
public class NoServerException extends TransientDataAccessResourceException {

	public NoServerException(String message) {
		super(message);
	}

}
