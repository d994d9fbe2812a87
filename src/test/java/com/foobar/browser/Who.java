package com.foobar.browser;

/** Those who look at pages: each sees other things on them. */
enum Who {

	NOBODY, READER, WRITER

}
