package com.foobar.article;

/**
 * Which part of a long list to show. Whatever is asked for, the answer stays of a
 * reasonable size.
 */
public record Paging(int limit, int offset) {

	private static final int MOST = 100;

	public Paging {
		limit = Math.clamp(limit, 0, MOST);
		offset = Math.max(offset, 0);
	}

	/** The part on one page, of which the first has the number 1. */
	public static Paging page(int number, int size) {
		return new Paging(size, (int) Math.min(Integer.MAX_VALUE, (Math.max(number, 1) - 1L) * size));
	}

}
