package com.foobar.article;

import java.util.List;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an author writes.
 *
 * @param body Markdown
 */
public record ArticleDraft(
		@NotBlank(message = "can't be blank") @Size(max = 255, message = "has more than {max} characters") String title,
		@NotBlank(message = "can't be blank") @Size(max = 1000,
				message = "has more than {max} characters") String description,
		@NotBlank(message = "can't be blank") @Size(max = 100_000,
				message = "has more than {max} characters") String body,
		@Nullable @Size(max = 20,
				message = "has more than {max} tags") List<@NotBlank(message = "can't be blank") @Size(max = 64,
						message = "holds a tag of more than {max} characters") String> tagList) {

	static final ArticleDraft EMPTY = new ArticleDraft("", "", "", null);

	/** Each once, alphabetically. */
	public List<String> tags() {
		return (this.tagList != null) ? this.tagList.stream().map(String::strip).distinct().sorted().toList()
				: List.of();
	}

}
