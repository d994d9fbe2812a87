package com.foobar.article;

import com.foobar.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

@Controller
class SearchPages {

	private final Search search;

	SearchPages(Search search) {
		this.search = search;
	}

	@GetMapping("/search")
	String search(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "1") int page,
			@AuthenticationPrincipal @Nullable Visitor visitor, Model model) {
		ArticleList found = this.search.find(q, Paging.page(page, ListPage.SIZE), visitor);
		String path = "/search?q=" + UriUtils.encode(q, UTF_8);
		model.addAttribute("q", q);
		model.addAttribute("page", new ListPage(found, path, null, false, page));
		return "search";
	}

	/** Lets a browser search the site from its address bar. */
	@GetMapping("/opensearch.xml")
	String description() {
		return "opensearch";
	}

}
