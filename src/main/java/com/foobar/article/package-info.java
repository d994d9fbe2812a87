/**
 * Publishes, edits, lists and shows articles, and renders their Markdown. The packages
 * {@code comment}, {@code favorite}, {@code feed} and {@code search} use its articles,
 * slugs and lists, and {@code comment} its access check. It depends on
 * {@link com.foobar.profile} for authors, on {@link com.foobar.tag} and on
 * {@link com.foobar.web}.
 */
@NullMarked
package com.foobar.article;

import org.jspecify.annotations.NullMarked;
