package com.foobar.tag;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.foobar.web.limit.LargeResponses;
import com.foobar.web.api.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists tags in the JSON API. */
@RestController
class TagApi {

	private final Tags tags;

	private final LargeResponses largeResponses;

	TagApi(Tags tags, LargeResponses largeResponses) {
		this.tags = tags;
		this.largeResponses = largeResponses;
	}

	@GetMapping("/api/tags")
	TagsResponse tags(@RequestParam(defaultValue = "" + PageRequest.MAX_LIMIT) int limit,
			@RequestParam(defaultValue = "0") int offset, HttpServletRequest request, HttpServletResponse response) {
		var page = new PageRequest(limit, offset);
		List<String> latest = this.tags.latest(limit + 1, offset);
		// The size is known only after the query. 1,000 tags have at most 260 kB.
		this.largeResponses.acquireIfLarge(latest.stream().mapToLong(TagApi::bytes).sum());
		if (latest.size() > limit) {
			page.linkToNext(limit, request, response);
		}
		return new TagsResponse(latest.stream().limit(limit).sorted().toList());
	}

	private static long bytes(String tag) {
		return tag.getBytes(StandardCharsets.UTF_8).length;
	}

	record TagsResponse(List<String> tags) {
	}

}
