package com.foobar.web;

import org.jspecify.annotations.Nullable;

/**
 * A controller below an article that may not be there, or belong to somebody else. The
 * API says so before it says anything of the rest of a request: {@link GuardedFailures}
 * asks for it once a body, or something else in the request, could not be understood.
 */
public interface Guarded {

	/**
	 * Refuses what the handlers would refuse, whatever they were sent.
	 * @param visitor who is signed in; null for somebody else, who only reads
	 */
	void guard(String slug, @Nullable Visitor visitor);

}
