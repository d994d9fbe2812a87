package com.foobar.database;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of reads: how old their data may be and how long they wait for newer data.
 *
 * @param toleratedLag how far a replica may be behind the primary and still serve reads
 * that need nothing newer, and so how old a page may be for an anonymous visitor. The
 * default allows a replica to serve reads while it applies a large transaction.
 * @param catchUp how long a read waits for a replica that is just behind, before it uses
 * the primary. Healthy replicas apply a write within some milliseconds.
 * @param patience how long a read waits for a replica if the primary cannot serve it
 * either, because it has no free connection or does not exist
 */
@ConfigurationProperties("foobar.database.read")
public record ReadProperties(@DefaultValue("5s") Duration toleratedLag, @DefaultValue("50ms") Duration catchUp,
		@DefaultValue("500ms") Duration patience) {

	public ReadProperties {
		atLeast("tolerated-lag", toleratedLag, Duration.ofMillis(100));
		atLeast("catch-up", catchUp, Duration.ofMillis(1));
		atLeast("patience", patience, catchUp);
	}

	private static void atLeast(String key, Duration value, Duration minimum) {
		if (value.compareTo(minimum) < 0) {
			throw new InvalidSettingException("foobar.database.read." + key, "is [%s]".formatted(value),
					"Write %dms or longer.".formatted(minimum.toMillis()));
		}
	}

}
