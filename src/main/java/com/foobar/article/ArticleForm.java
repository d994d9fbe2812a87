package com.foobar.article;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/**
 * What an author typed into the editor.
 *
 * @param tagList with commas between the tags
 */
record ArticleForm(@Nullable String title, @Nullable String description, @Nullable String body,
		@Nullable String tagList) {

	/** The same as a draft, which is what has to be valid. */
	@Valid
	public ArticleDraft getDraft() {
		List<String> tags = Stream.of(text(this.tagList).split(",")).filter((tag) -> !tag.isBlank()).toList();
		return new ArticleDraft(text(this.title), text(this.description), text(this.body), tags);
	}

	private static String text(@Nullable String typed) {
		return Objects.requireNonNullElse(typed, "");
	}

}
