package com.foobar.web.page;

import java.util.regex.Pattern;

import gg.jte.TemplateOutput;

/**
 * Removes the characters that are not allowed in XML from the output of a template, for
 * example control characters in an article.
 */
record XmlTemplateOutput(TemplateOutput output) implements TemplateOutput {

	private static final Pattern NOT_IN_XML = Pattern
		.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

	// The template splits a text only at escaped characters, never within a surrogate
	// pair.
	@Override
	public void writeContent(String text) {
		this.output.writeContent(NOT_IN_XML.matcher(text).replaceAll(""));
	}

	@Override
	public void writeContent(String text, int begin, int end) {
		writeContent(text.substring(begin, end));
	}

	@Override
	public void writeBinaryContent(byte[] content) {
		this.output.writeBinaryContent(content);
	}

}
