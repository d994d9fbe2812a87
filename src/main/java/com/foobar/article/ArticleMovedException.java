package com.foobar.article;

/** Signals that an article no longer has the slug of the request, but another one. */
class ArticleMovedException extends RuntimeException {

	private final String slug;

	ArticleMovedException(String former, String slug) {
		super("The article that was [%s] is [%s]".formatted(former, slug));
		this.slug = slug;
	}

	/** Returns the current slug. */
	String slug() {
		return this.slug;
	}

}
