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

@RestController
class TagApi {

	private final Tags tags;

	private final LargeResponses large;

	TagApi(Tags tags, LargeResponses large) {
		this.tags = tags;
		this.large = large;
	}

	@GetMapping("/api/tags")
	Answer tags(@RequestParam(defaultValue = "" + PageRequest.MOST) int limit,
			@RequestParam(defaultValue = "0") int offset, HttpServletRequest request, HttpServletResponse response) {
		var page = new PageRequest(limit, offset);
		List<String> latest = this.tags.latest(limit + 1, offset);
		// How long they are is not known before. A thousand have 260 kB at most.
		this.large.expect(latest.stream().mapToLong(TagApi::bytes).sum());
		if (latest.size() > limit) {
			page.linkToNext(limit, request, response);
		}
		return new Answer(latest.stream().limit(limit).sorted().toList());
	}

	private static long bytes(String tag) {
		return tag.getBytes(StandardCharsets.UTF_8).length;
	}

	record Answer(List<String> tags) {
	}

}
