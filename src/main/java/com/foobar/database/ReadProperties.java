package com.foobar.database;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of reads: how old their data may be and how long they wait for newer data.
 *
 * @param maxLag how far a replica may be behind the primary and still serve reads that
 * need nothing newer, and so how old a page may be for an anonymous visitor. The default
 * allows a replica to serve reads while it applies a large transaction.
 * @param catchUpTimeout how long a read waits for a replica that is just behind, before
 * it uses the primary. Healthy replicas apply a write within some milliseconds.
 * @param timeout how long a read waits for a replica if the primary cannot serve it
 * either, because it has no free connection or does not exist
 */
@Validated
@ConfigurationProperties("foobar.database.read")
public record ReadProperties(@DefaultValue("5s") @DurationMin(millis = 100) Duration maxLag,
		@DefaultValue("50ms") @DurationMin(millis = 1) Duration catchUpTimeout,
		@DefaultValue("500ms") Duration timeout) {

	public ReadProperties {
		if (timeout.compareTo(catchUpTimeout) < 0) {
			throw new InvalidSettingException("foobar.database.read.timeout",
					"is [%s], less than catch-up-timeout [%s]".formatted(timeout, catchUpTimeout),
					"Write %dms or longer.".formatted(catchUpTimeout.toMillis()));
		}
	}

}
