package com.foobar.article;

/**
 * A range of a list. The constructor limits the values, so that no request gets an
 * excessive response: at most 100 articles, and no negative offset.
 */
public record Paging(int limit, int offset) {

	private static final int MAX_LIMIT = 100;

	public Paging {
		limit = Math.clamp(limit, 0, MAX_LIMIT);
		offset = Math.max(offset, 0);
	}

	/** Returns the range of a page. The first page has the number 1. */
	public static Paging page(int number, int size) {
		return new Paging(size, (int) Math.min(Integer.MAX_VALUE, (Math.max(number, 1) - 1L) * size));
	}

}
