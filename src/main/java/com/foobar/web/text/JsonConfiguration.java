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

@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

	/**
	 * Half a character can be written in JSON, but neither stored nor shown. Lines end in
	 * one way, as they do in a {@link NormalizedRequest form}.
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
			return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? LineEnds.unify(field, text)
					: (String) context.handleWeirdStringValue(String.class, text, "holds half a character");
		}

	}

	/**
	 * Whoever changes something may leave a field out, which is not to say that it is
	 * null: an {@link java.util.Optional} that was not mentioned is null, and one that
	 * was said to be null is empty.
	 */
	@Bean
	JsonMapperBuilderCustomizer absentIsNotNull() {
		return (builder) -> builder.enable(DeserializationFeature.USE_NULL_FOR_MISSING_REFERENCE_VALUES);
	}

	/**
	 * A number where a text belongs is an error of the client's, not something to guess
	 * about.
	 */
	@Bean
	JsonMapperBuilderCustomizer strictTexts() {
		return (builder) -> builder.withCoercionConfig(LogicalType.Textual,
				(texts) -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
	}

}
