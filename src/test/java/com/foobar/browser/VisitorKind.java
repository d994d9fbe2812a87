package com.foobar.browser;

/** The kinds of visitors. Each kind sees different content on a page. */
enum VisitorKind {

	ANONYMOUS, READER, WRITER

}
