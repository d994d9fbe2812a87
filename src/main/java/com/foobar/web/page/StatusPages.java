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
 * Shows the health of the site, as a page and as JSON. It sends no query to the database,
 * so that it works without one.
 *
 * <p>
 * The page is public. Visitors see the names of servers, which the balancer's X-Served-By
 * header shows anyway, but no address, port or account.
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
		PageCachePolicy.markPersonal(request);
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
