package com.foobar.web;

import java.net.URI;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the site.
 *
 * @param url the address that visitors use, without a path. If it is https, cookies are
 * never sent over plain http.
 */
@ConfigurationProperties("foobar.site")
public record SiteProperties(@DefaultValue("http://localhost:8080") URI url) {

	public SiteProperties {
		boolean supported = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
		if (!supported || url.getHost() == null || !url.getPath().isEmpty()) {
			throw new InvalidSettingException("foobar.site.url",
					"is [%s], which is not the address of a site".formatted(url),
					"Write for example https://www.foobar.com.");
		}
	}

	/** Whether visitors use https. */
	public boolean secure() {
		return "https".equals(this.url.getScheme());
	}

}
