package com.foobar.search;

import com.foobar.article.ArticleList;
import com.foobar.article.ListPage;
import com.foobar.article.Paging;
import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Serves the search page and the OpenSearch description. */
@Controller
class SearchPages {

	private final ArticleSearch search;

	SearchPages(ArticleSearch search) {
		this.search = search;
	}

	@GetMapping("/search")
	String search(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "1") int page,
			@AuthenticationPrincipal @Nullable AuthenticatedUser user, Model model) {
		ArticleList found = this.search.find(q, Paging.page(page, ListPage.SIZE), user);
		String path = "/search?q=" + UriUtils.encode(q, UTF_8);
		model.addAttribute("q", q);
		model.addAttribute("page", new ListPage(found, path, null, false, page));
		return "search";
	}

	/** Serves the description that lets a browser search from its address bar. */
	@GetMapping("/opensearch.xml")
	String description() {
		return "opensearch";
	}

}
