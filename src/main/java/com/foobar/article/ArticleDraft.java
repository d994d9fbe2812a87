package com.foobar.article;

import java.util.List;
import java.util.Objects;

import com.foobar.web.Links;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an author writes.
 *
 * @param body Markdown
 */
public record ArticleDraft(@NotBlank @Size(max = 255) String title, @NotBlank @Size(max = 1000) String description,
		@NotBlank @Size(max = 100_000) String body,
		@Nullable @Size(max = 20, message = TOO_MANY_TAGS) List<@NotBlank @Size(max = 64) @Pattern(regexp = TAG,
				message = Links.NAME_RULE) String> tagList) {

	// Spaces around a tag are stripped when it is stored.
	static final String TAG = "\\s*" + Links.NAME + "\\s*";

	static final String TOO_MANY_TAGS = "has more than {max} tags";

	static final ArticleDraft EMPTY = new ArticleDraft("", "", "", null);

	/** What would have made an article as it is. */
	static ArticleDraft of(Article article) {
		return new ArticleDraft(article.title(), article.description(), Objects.requireNonNull(article.body()),
				article.tagList());
	}

	/** Each once, alphabetically. */
	public List<String> tags() {
		return (this.tagList != null) ? this.tagList.stream().map(String::strip).distinct().sorted().toList()
				: List.of();
	}

}
