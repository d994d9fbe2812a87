package com.foobar.browser;

/** The kinds of visitors, each of whom sees other content on a page. */
enum Who {

	NOBODY, READER, WRITER

}
