package com.foobar.database;

import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as the application reads them. */
public final class BoundSettings {

	private BoundSettings() {
	}

	/** Those below {@code foobar.database}, by the rest of their names. */
	public static DatabaseProperties database(Map<String, ?> settings) {
		var source = new MapConfigurationPropertySource();
		settings.forEach((key, value) -> source.put("foobar.database." + key, value));
		return new Binder(source).bind("foobar.database", DatabaseProperties.class).get();
	}

}
