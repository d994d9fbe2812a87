package com.foobar.feed;

import java.util.List;

import com.foobar.article.ArticleFilter;
import com.foobar.profile.Profiles;
import com.foobar.web.Links;
import com.foobar.web.limit.LargeResponses;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Serves the Atom feeds (RFC 4287) of the site, of an author and of a tag. A feed is the
 * same for all visitors and rarely changes: a client that has the current one gets 304
 * (Not Modified).
 */
@Controller
class AtomFeedPages {

	private static final String FEED = "/feed.atom";

	private final AtomFeeds feeds;

	private final Profiles profiles;

	private final LargeResponses largeResponses;

	AtomFeedPages(AtomFeeds feeds, Profiles profiles, LargeResponses largeResponses) {
		this.feeds = feeds;
		this.profiles = profiles;
		this.largeResponses = largeResponses;
	}

	@GetMapping(FEED)
	String all(@RequestParam(defaultValue = "1") int page, Model model) {
		return feed("foobar", ArticleFilter.ALL, "", page, model);
	}

	@GetMapping("/profile/{username}" + FEED)
	String author(@PathVariable String username, @RequestParam(defaultValue = "1") int page, Model model) {
		String name = this.profiles.find(username, null).username();
		return feed(name + " — foobar", ArticleFilter.byAuthor(name), Links.profile(name), page, model);
	}

	@GetMapping("/tag/{tag}" + FEED)
	String tag(@PathVariable String tag, @RequestParam(defaultValue = "1") int page, Model model) {
		return feed("# " + tag + " — foobar", ArticleFilter.byTag(tag), Links.tag(tag), page, model);
	}

	private String feed(String title, ArticleFilter filter, String path, int number, Model model) {
		this.largeResponses.acquire();
		List<AtomFeed.Entry> found = this.feeds.page(filter, number);
		List<AtomFeed.Entry> entries = AtomFeedBodies.render(found.stream().limit(AtomFeeds.SIZE).toList());
		model.addAttribute("feed", new AtomFeed(title, path + FEED, path.isEmpty() ? "/" : path, Math.max(number, 1),
				found.size() > AtomFeeds.SIZE, entries));
		return "feed";
	}

}
