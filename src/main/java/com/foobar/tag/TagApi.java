package com.foobar.tag;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TagApi {

	private final Tags tags;

	TagApi(Tags tags) {
		this.tags = tags;
	}

	@GetMapping("/api/tags")
	Answer tags() {
		return new Answer(this.tags.all());
	}

	record Answer(List<String> tags) {
	}

}
