package com.foobar.article;

/**
 * A table whose index holds the articles of a list in the order of the list.
 *
 * @param id the column with the article's id
 * @param createdAt the column with the article's creation time
 * @param condition the SQL condition that selects the rows
 */
public record ArticleListTable(String table, String id, String createdAt, String condition) {

	/** Returns the SQL that counts the articles. */
	String countSql() {
		return "SELECT COUNT(*) FROM %s WHERE %s".formatted(this.table, this.condition);
	}

	/**
	 * Returns the SQL that selects the ids of one page, newest first. The database reads
	 * an index only, also for pages far from the first. Parameters: limit and offset.
	 */
	public String pageSql() {
		return """
				SELECT %s AS id FROM %s WHERE %s ORDER BY %s DESC, %1$s DESC LIMIT :limit OFFSET :offset
				""".formatted(this.id, this.table, this.condition, this.createdAt);
	}

}
