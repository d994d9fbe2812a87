package com.foobar.web.page;

import java.time.Duration;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Files that come with the pages. Pages know them by names that carry a hash of what is
 * in them, so that a browser keeps them for a year and does not even ask whether they
 * changed. Under their plain names they may change, and are kept for a day. None has a
 * Last-Modified: in the jar all files are of the same time, whatever is in them.
 */
@Configuration(proxyBeanMethods = false)
class AssetConfiguration implements WebMvcConfigurer {

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		register(registry, "/assets/{name:.+-[0-9a-f]{32}\\..+}",
				CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
		register(registry, "/assets/**", CacheControl.maxAge(Duration.ofDays(1)));
	}

	private static void register(ResourceHandlerRegistry registry, String pattern, CacheControl kept) {
		registry.addResourceHandler(pattern)
			.addResourceLocations("classpath:/static/assets/")
			.setCacheControl(kept)
			.setUseLastModified(false)
			.resourceChain(true)
			.addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
	}

}
