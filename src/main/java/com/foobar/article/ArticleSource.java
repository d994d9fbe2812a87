package com.foobar.article;

/**
 * A table to find the articles of a list in.
 *
 * @param id its column with an article's id
 * @param createdAt its column that says when that was created
 * @param condition which of its rows
 */
record ArticleSource(String table, String id, String createdAt, String condition) {

	/** How many there are, and whether it is {@link #dated()}. */
	String count() {
		return "SELECT COUNT(*) AS articles, (%s) AS dated FROM %s WHERE %s".formatted(dated(), this.table,
				this.condition);
	}

	/** Whether it says of each when it was created. */
	String dated() {
		return "SELECT NOT EXISTS (SELECT 1 FROM %s WHERE %s AND %s IS NULL)".formatted(this.table, this.condition,
				this.createdAt);
	}

	/** The ids of those on a page. Read from an index alone, however far behind it is. */
	String page() {
		return """
				SELECT %s AS id FROM %s WHERE %s ORDER BY %s DESC, %1$s DESC LIMIT :limit OFFSET :offset
				""".formatted(this.id, this.table, this.condition, this.createdAt);
	}

}
