package com.foobar.database;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How old a read may be, and how long it waits for something newer.
 *
 * @param toleratedLag how far a replica may be behind the primary and still serve those
 * who need nothing newer: as old may a page be for an anonymous visitor. Five seconds let
 * a replica keep working through a large transaction.
 * @param catchUp how long a read waits for a replica that is just behind, before it turns
 * to the primary: replicas that are well have a write within some milliseconds
 * @param patience how long it waits when the primary is no way out either, having no
 * connection free or not being there
 */
@ConfigurationProperties("foobar.database.read")
public record ReadProperties(@DefaultValue("5s") Duration toleratedLag, @DefaultValue("50ms") Duration catchUp,
		@DefaultValue("500ms") Duration patience) {

	public ReadProperties {
		atLeast("tolerated-lag", toleratedLag, Duration.ofMillis(100));
		atLeast("catch-up", catchUp, Duration.ofMillis(1));
		atLeast("patience", patience, catchUp);
	}

	private static void atLeast(String key, Duration value, Duration least) {
		if (value.compareTo(least) < 0) {
			throw new InvalidSettingException("foobar.database.read." + key, "is [%s]".formatted(value),
					"Write %dms or longer.".formatted(least.toMillis()));
		}
	}

}
