package com.foobar.web.page;

import java.time.Duration;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Serves the static files of the pages. Pages link to names with a hash of the content,
 * so browsers cache these for a year without revalidation. Under its plain name a file
 * may change, so it is cached for a day. Responses have no {@code Last-Modified}, because
 * all files in the jar have the same time.
 */
@Configuration(proxyBeanMethods = false)
class AssetConfiguration implements WebMvcConfigurer {

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		register(registry, "/assets/{name:.+-[0-9a-f]{32}\\..+}",
				CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
		register(registry, "/assets/**", CacheControl.maxAge(Duration.ofDays(1)));
	}

	private static void register(ResourceHandlerRegistry registry, String pattern, CacheControl cacheControl) {
		registry.addResourceHandler(pattern)
			.addResourceLocations("classpath:/static/assets/")
			.setCacheControl(cacheControl)
			.setUseLastModified(false)
			.resourceChain(true)
			.addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
	}

}
