package com.foobar.article;

/** An article was asked for by a slug that it no longer has. */
class ArticleMovedException extends RuntimeException {

	private final String slug;

	ArticleMovedException(String former, String slug) {
		super("The article that was [%s] is [%s]".formatted(former, slug));
		this.slug = slug;
	}

	/** The slug it has now. */
	String slug() {
		return this.slug;
	}

}
