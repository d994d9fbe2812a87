package com.foobar.web.api;

import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;

/**
 * A controller below an article that may not be there, or belong to somebody else. The
 * API says so before it says anything of the rest of a request:
 * {@link AccessCheckedExceptionResolver} asks for it once a body, or something else in
 * the request, could not be understood.
 */
public interface AccessChecked {

	/**
	 * Refuses what the handlers would refuse, whatever they were sent.
	 * @param visitor who is signed in; null for somebody else, who only reads
	 */
	void guard(String slug, @Nullable AuthenticatedUser visitor);

}
