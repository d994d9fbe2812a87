/**
 * Tests in a real browser. {@link com.foobar.browser.SitePage} lists the pages; the tests
 * save a screenshot of each in target/screenshots.
 */
package com.foobar.browser;
