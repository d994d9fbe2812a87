package com.foobar.web;

/**
 * Somebody who has registered, and what their tokens hang on.
 *
 * @param password hashed: with another one the tokens end that were issued before
 */
public record Member(Visitor visitor, String password) {

	@Override
	public String toString() {
		return "Member[visitor=%s]".formatted(this.visitor);
	}

}
