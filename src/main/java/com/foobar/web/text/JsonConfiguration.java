package com.foobar.web.text;

import java.nio.charset.StandardCharsets;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** Configures how JSON from requests is read. */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

	/**
	 * Refuses strings with half of a surrogate pair, which JSON can contain but which
	 * cannot be stored or shown. Normalizes line ends, like {@link NormalizedRequest}.
	 */
	@Bean
	JacksonModule wholeTexts() {
		return new SimpleModule().addDeserializer(String.class, new WholeTextDeserializer());
	}

	private static final class WholeTextDeserializer extends StringDeserializer {

		@Override
		public String deserialize(JsonParser parser, DeserializationContext context) {
			String text = super.deserialize(parser, context);
			String field = String.valueOf(parser.currentName());
			return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? LineEnds.normalize(field, text)
					: (String) context.handleWeirdStringValue(String.class, text, "contains half of a surrogate pair");
		}

	}

	/**
	 * Distinguishes an absent field from a field that is null, because an update may omit
	 * fields: an absent {@link java.util.Optional} is null, and one whose value is null
	 * is empty.
	 */
	@Bean
	JsonMapperBuilderCustomizer absentIsNotNull() {
		return (builder) -> builder.enable(DeserializationFeature.USE_NULL_FOR_MISSING_REFERENCE_VALUES);
	}

	/**
	 * Refuses a number or a boolean in place of a string, instead of converting it.
	 */
	@Bean
	JsonMapperBuilderCustomizer strictTexts() {
		return (builder) -> builder.withCoercionConfig(LogicalType.Textual,
				(texts) -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
	}

}
