package com.foobar.web;

import java.util.List;
import java.util.regex.Pattern;

import com.foobar.setting.InvalidSettingException;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start if {@code foobar.database.nodes} names other machines and
 * {@code foobar.site.url} is not set. The default is for developers: with it, cookies
 * would be sent over plain http and links would be wrong. Throws
 * {@link InvalidSettingException}.
 */
@Component
class SiteAddressCheck implements SmartInitializingSingleton {

	private static final Pattern LOCAL_HOST = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

	private final Environment environment;

	SiteAddressCheck(Environment environment) {
		this.environment = environment;
	}

	// Runs after all beans are created, so that their errors are reported first.
	@Override
	public void afterSingletonsInstantiated() {
		Binder settings = Binder.get(this.environment);
		List<String> nodes = settings.bind("foobar.database.nodes", Bindable.listOf(String.class)).orElse(List.of());
		boolean local = nodes.stream().allMatch((node) -> LOCAL_HOST.matcher(node.strip()).matches());
		if (!local && !settings.bind("foobar.site.url", String.class).isBound()) {
			throw new InvalidSettingException("foobar.site.url",
					"is required because foobar.database.nodes names other machines",
					"Write the address visitors use, for example https://www.foobar.com.");
		}
	}

}
