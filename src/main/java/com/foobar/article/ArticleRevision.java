package com.foobar.article;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.foobar.web.text.TextKind;
import com.foobar.web.text.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an article that an author changes. A null field stays as it is. An empty
 * {@link Optional} was null in the JSON; validation rejects it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ArticleRevision(@Nullable Optional<@VisibleText(TextKind.LINE) @Size(max = 255) String> title,
		@Nullable Optional<@VisibleText(TextKind.LINE) @Size(max = 1000) String> description,
		@Nullable Optional<@VisibleText(TextKind.PROSE) @Size(max = 100_000) String> body,
		@Nullable Optional<@NotNull @Size(max = 20,
				message = ArticleDraft.TOO_MANY_TAGS) List<@VisibleText(TextKind.TAG) @Size(
						max = 64) String>> tagList) {

	ArticleRevision {
		tagList = (tagList != null) ? tagList.map((tags) -> tags.stream().map(TextKind::normalize).toList()) : null;
	}

	/** Returns a revision that sets every field. */
	static ArticleRevision of(ArticleDraft draft) {
		return new ArticleRevision(Optional.of(draft.title()), Optional.of(draft.description()),
				Optional.of(draft.body()), Optional.of(draft.tags()));
	}

	/** Returns the draft with the changes applied. */
	ArticleDraft applyTo(ArticleDraft before) {
		return new ArticleDraft(changed(this.title, before.title()), changed(this.description, before.description()),
				changed(this.body, before.body()), changed(this.tagList, before.tags()));
	}

	private static <T> T changed(@Nullable Optional<T> change, T before) {
		return (change != null) ? change.orElseThrow() : before;
	}

}
