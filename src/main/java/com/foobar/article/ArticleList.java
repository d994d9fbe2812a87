package com.foobar.article;

import java.util.List;

/**
 * Some of the articles that were asked for.
 *
 * @param articles without their bodies, the newest first
 * @param articlesCount how many there are in all
 */
public record ArticleList(List<Article> articles, int articlesCount) {
}
