package com.foobar.comment;

/** A range of the comments on an article, with its SQL condition and order. */
enum CommentRange {

	NEWEST("TRUE", "DESC"),

	BEFORE("created_at <= :at AND (created_at < :at OR id < :id)", "DESC"),

	AFTER("created_at >= :at AND (created_at > :at OR id > :id)", "ASC");

	private final String condition;

	private final String order;

	CommentRange(String condition, String order) {
		this.condition = condition;
		this.order = order;
	}

	String condition() {
		return this.condition;
	}

	String order() {
		return this.order;
	}

}
