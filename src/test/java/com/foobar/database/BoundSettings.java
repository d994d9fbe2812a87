package com.foobar.database;

import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Binds settings as the application does. */
public final class BoundSettings {

	private BoundSettings() {
	}

	/** Binds settings below {@code foobar.database}, whose names omit that prefix. */
	public static DatabaseProperties database(Map<String, ?> settings) {
		var source = new MapConfigurationPropertySource();
		settings.forEach((key, value) -> source.put("foobar.database." + key, value));
		return new Binder(source).bind("foobar.database", DatabaseProperties.class).get();
	}

}
