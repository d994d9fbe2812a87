package com.foobar.article;

import com.foobar.profile.Profiles;
import com.foobar.web.Links;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Atom feeds (RFC 4287): of the site, of an author, of a tag. They are the same for
 * everybody, and mostly the same as the last time: who asks again for one that did not
 * change is told just that.
 */
@Controller
class FeedPages {

	private static final String FEED = "/feed.atom";

	private final Feeds feeds;

	private final Profiles profiles;

	FeedPages(Feeds feeds, Profiles profiles) {
		this.feeds = feeds;
		this.profiles = profiles;
	}

	@GetMapping(FEED)
	String all(Model model) {
		return feed("foobar", ArticleFilter.ALL, "", model);
	}

	@GetMapping("/profile/{username}" + FEED)
	String author(@PathVariable String username, Model model) {
		String name = this.profiles.find(username, null).username();
		return feed(name + " — foobar", ArticleFilter.byAuthor(name), Links.profile(name), model);
	}

	@GetMapping("/tag/{tag}" + FEED)
	String tag(@PathVariable String tag, Model model) {
		return feed("# " + tag + " — foobar", ArticleFilter.byTag(tag), Links.tag(tag), model);
	}

	private String feed(String title, ArticleFilter filter, String page, Model model) {
		var feed = new Feed(title, page + FEED, page.isEmpty() ? "/" : page, this.feeds.newest(filter));
		model.addAttribute("feed", feed);
		return "feed";
	}

}
