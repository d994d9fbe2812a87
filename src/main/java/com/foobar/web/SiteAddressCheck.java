package com.foobar.web;

import java.util.regex.Pattern;

import com.foobar.database.DatabaseProperties;
import com.foobar.setting.InvalidSettingException;
import org.springframework.beans.factory.SmartInitializingSingleton;
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

	private static final Pattern LOCAL_HOST = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

	private final DatabaseProperties database;

	private final Environment environment;

	SiteAddressCheck(DatabaseProperties database, Environment environment) {
		this.database = database;
		this.environment = environment;
	}

	// Runs after all beans are created, so that their errors are reported first.
	@Override
	public void afterSingletonsInstantiated() {
		boolean local = this.database.addresses()
			.stream()
			.allMatch((address) -> LOCAL_HOST.matcher(address.host()).matches());
		if (!local && !this.environment.containsProperty("foobar.site.url")) {
			throw new InvalidSettingException("foobar.site.url",
					"is required because foobar.database.nodes names other machines",
					"Write the address visitors use, for example https://www.foobar.com.");
		}
	}

}
