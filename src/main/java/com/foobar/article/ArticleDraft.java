package com.foobar.article;

import java.util.List;
import java.util.Objects;

import com.foobar.web.text.TextKind;
import com.foobar.web.text.VisibleText;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The text and tags of an article that an author submits. Immutable.
 *
 * @param body Markdown
 * @param tagList null if the author gave no tags
 */
public record ArticleDraft(@VisibleText(TextKind.LINE) @Size(max = 255) String title,
		@VisibleText(TextKind.LINE) @Size(max = 1000) String description,
		@VisibleText(TextKind.PROSE) @Size(max = 100_000) String body, @Nullable @Size(max = 20,
				message = TOO_MANY_TAGS) List<@VisibleText(TextKind.TAG) @Size(max = 64) String> tagList) {

	static final String TOO_MANY_TAGS = "has more than {max} tags";

	static final ArticleDraft EMPTY = new ArticleDraft("", "", "", null);

	public ArticleDraft {
		tagList = (tagList != null) ? tagList.stream().map(TextKind::normalize).toList() : null;
	}

	/** Returns a draft with the content of an existing article. */
	static ArticleDraft of(Article article) {
		return new ArticleDraft(article.title(), article.description(), Objects.requireNonNull(article.body()),
				article.tagList());
	}

	/** Returns the tags without duplicates, in alphabetical order. */
	public List<String> tags() {
		return (this.tagList != null) ? this.tagList.stream().map(String::strip).distinct().sorted().toList()
				: List.of();
	}

}
