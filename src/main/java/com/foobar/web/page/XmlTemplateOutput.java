package com.foobar.web.page;

import java.util.regex.Pattern;

import gg.jte.TemplateOutput;

/** Leaves out what authors may write and XML has no way to say. */
record XmlTemplateOutput(TemplateOutput document) implements TemplateOutput {

	private static final Pattern NOT_IN_XML = Pattern
		.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

	// Text comes in pieces that end before or after an escaped letter, never inside a
	// character of two.
	@Override
	public void writeContent(String text) {
		this.document.writeContent(NOT_IN_XML.matcher(text).replaceAll(""));
	}

	@Override
	public void writeContent(String text, int begin, int end) {
		writeContent(text.substring(begin, end));
	}

	@Override
	public void writeBinaryContent(byte[] content) {
		this.document.writeBinaryContent(content);
	}

}
