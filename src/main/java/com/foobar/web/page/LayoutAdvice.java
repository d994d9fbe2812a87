package com.foobar.web.page;

import java.util.Objects;

import com.foobar.web.SiteProperties;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Adds the {@link Layout} to the model of every page. */
@ControllerAdvice
class LayoutAdvice {

	private final ResourceUrlProvider resources;

	private final SiteProperties site;

	LayoutAdvice(ResourceUrlProvider resources, SiteProperties site) {
		this.resources = resources;
		this.site = site;
	}

	@ModelAttribute("layout")
	Layout layout(HttpServletRequest request, @AuthenticationPrincipal @Nullable AuthenticatedUser user) {
		return new Layout(request, user, this::asset, this.site);
	}

	private String asset(String path) {
		return Objects.requireNonNull(this.resources.getForLookupPath(path), () -> "No such file [" + path + "]");
	}

}
