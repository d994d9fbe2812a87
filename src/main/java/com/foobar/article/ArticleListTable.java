package com.foobar.article;

/**
 * A table to find the articles of a list in.
 *
 * @param id its column with an article's id
 * @param createdAt its column that says when that was created
 * @param condition which of its rows
 */
public record ArticleListTable(String table, String id, String createdAt, String condition) {

	/** How many there are. */
	String count() {
		return "SELECT COUNT(*) FROM %s WHERE %s".formatted(this.table, this.condition);
	}

	/** The ids of those on a page. Read from an index alone, however far behind it is. */
	public String page() {
		return """
				SELECT %s AS id FROM %s WHERE %s ORDER BY %s DESC, %1$s DESC LIMIT :limit OFFSET :offset
				""".formatted(this.id, this.table, this.condition, this.createdAt);
	}

}
