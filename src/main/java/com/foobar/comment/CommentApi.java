package com.foobar.comment;

import java.util.List;

import com.foobar.article.Slugs;
import com.foobar.web.Guarded;
import com.foobar.web.Visitor;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/articles/{slug}/comments")
class CommentApi implements Guarded {

	private final Comments comments;

	private final Slugs slugs;

	CommentApi(Comments comments, Slugs slugs) {
		this.comments = comments;
		this.slugs = slugs;
	}

	@GetMapping
	All read(@PathVariable String slug, @AuthenticationPrincipal @Nullable Visitor visitor) {
		return new All(this.comments.on(slug, visitor));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Answer write(@PathVariable String slug, @Valid @RequestBody Write body, @AuthenticationPrincipal Visitor visitor) {
		return new Answer(this.comments.write(slug, body.comment(), visitor));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String slug, @PathVariable String id, @AuthenticationPrincipal Visitor visitor) {
		// Nobody has the id 0.
		this.comments.delete(slug, id.matches("\\d{1,18}") ? Long.parseLong(id) : 0, visitor);
	}

	@Override
	public void guard(String slug, Visitor visitor) {
		this.slugs.find(slug);
	}

	record Write(@Valid @NotNull CommentDraft comment) {
	}

	record Answer(Comment comment) {
	}

	record All(List<Comment> comments) {
	}

}
