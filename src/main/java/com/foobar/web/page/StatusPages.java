package com.foobar.web.page;

import java.util.function.Supplier;

import com.foobar.database.DatabaseStatus;
import com.foobar.web.Links;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Whether the site is well, for people on a page and for programs as JSON. Asks the
 * database nothing, so that it can still tell when there is nobody to ask.
 *
 * <p>
 * It is public. Visitors see names of servers, which the balancer's X-Served-By tells
 * them anyway, but no address, port or account.
 */
@Controller
class StatusPages {

	private final Supplier<DatabaseStatus> database;

	private final String version;

	StatusPages(Supplier<DatabaseStatus> database, ObjectProvider<BuildProperties> build) {
		this.database = database;
		this.version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown");
	}

	@GetMapping(Links.STATUS)
	String page(HttpServletRequest request, Model model) {
		PageCachePolicy.personal(request);
		model.addAttribute("status", status());
		return "status";
	}

	@GetMapping(Links.STATUS + ".json")
	@ResponseBody
	SiteStatus json() {
		return status();
	}

	private SiteStatus status() {
		return new SiteStatus(this.database.get(), SiteStatus.HOST, this.version);
	}

}
