package com.foobar.article;

import java.util.List;

/**
 * One page of a list of articles. Immutable. The API sends it as JSON.
 *
 * @param articles the articles of the page, without bodies; newest first, in a search
 * best match first
 * @param articlesCount the number of articles on all pages
 */
public record ArticleList(List<Article> articles, int articlesCount) {
}
