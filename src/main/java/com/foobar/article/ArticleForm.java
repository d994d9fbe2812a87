package com.foobar.article;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the editor's form. Immutable.
 *
 * @param tagList the tags, separated by commas
 */
record ArticleForm(@Nullable String title, @Nullable String description, @Nullable String body,
		@Nullable String tagList) {

	/** Returns the fields as a draft; the validation rules are those of the draft. */
	@Valid
	public ArticleDraft getDraft() {
		List<String> tags = Stream.of(text(this.tagList).split(",")).filter((tag) -> !tag.isBlank()).toList();
		return new ArticleDraft(text(this.title), text(this.description), text(this.body), tags);
	}

	private static String text(@Nullable String value) {
		return Objects.requireNonNullElse(value, "");
	}

}
