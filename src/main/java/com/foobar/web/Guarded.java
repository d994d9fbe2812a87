package com.foobar.web;

/**
 * A controller below an article that may not be there, or belong to somebody else. The
 * API says so before it says anything of the rest of a request: {@link GuardedFailures}
 * asks for it once a body, or something else in the request, could not be understood.
 */
public interface Guarded {

	/** Refuses what the handlers would refuse, whatever they were sent. */
	void guard(String slug, Visitor visitor);

}
