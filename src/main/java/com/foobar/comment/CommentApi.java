package com.foobar.comment;

import java.util.List;

import com.foobar.article.AccessChecked;
import com.foobar.article.Slugs;
import com.foobar.web.limit.LargeResponses;
import com.foobar.web.api.PageRequest;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists, writes and deletes comments in the JSON API. */
@RestController
@RequestMapping("/api/articles/{slug}/comments")
class CommentApi implements AccessChecked {

	private final Comments comments;

	private final Slugs slugs;

	private final LargeResponses largeResponses;

	CommentApi(Comments comments, Slugs slugs, LargeResponses largeResponses) {
		this.comments = comments;
		this.slugs = slugs;
		this.largeResponses = largeResponses;
	}

	@GetMapping
	CommentsResponse read(@PathVariable String slug, @RequestParam(defaultValue = "" + PageRequest.MAX_LIMIT) int limit,
			@RequestParam(defaultValue = "0") int offset, @AuthenticationPrincipal @Nullable AuthenticatedUser user,
			HttpServletRequest request, HttpServletResponse response) {
		var page = new PageRequest(limit, offset);
		CommentSelection selection = this.comments.newest(slug, CommentLimits.api(limit), offset);
		this.largeResponses.acquireIfLarge(selection.bytes());
		List<Comment> listed = this.comments.read(selection, user);
		if (selection.hasMore()) {
			page.linkToNext(selection.cursors().size(), request, response);
		}
		return new CommentsResponse(listed);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	CommentResponse write(@PathVariable String slug, @Valid @RequestBody Write body,
			@AuthenticationPrincipal AuthenticatedUser user) {
		return new CommentResponse(this.comments.write(slug, body.comment(), user));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String slug, @PathVariable String id, @AuthenticationPrincipal AuthenticatedUser user) {
		// No comment has the id 0, so an invalid id gets the same 404 as an unknown one.
		this.comments.delete(slug, id.matches("\\d{1,18}") ? Long.parseLong(id) : 0, user);
	}

	@Override
	public void checkAccess(String slug, @Nullable AuthenticatedUser user) {
		this.slugs.findArticleId(slug);
	}

	record Write(@Valid @NotNull CommentDraft comment) {
	}

	record CommentResponse(Comment comment) {
	}

	record CommentsResponse(List<Comment> comments) {
	}

}
