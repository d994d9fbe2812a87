package com.foobar.web;

import java.net.URI;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the site is known to the world.
 *
 * @param url the address visitors use, without a path. With https cookies are never sent
 * over plain http.
 */
@ConfigurationProperties("foobar.site")
public record SiteProperties(@DefaultValue("http://localhost:8080") URI url) {

	public SiteProperties {
		boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
		if (!known || url.getHost() == null || !url.getPath().isEmpty()) {
			throw new InvalidSettingException("foobar.site.url",
					"is [%s], which is not the address of a site".formatted(url),
					"Write for example https://www.foobar.com.");
		}
	}

	public boolean secure() {
		return "https".equals(this.url.getScheme());
	}

}
