/**
 * Tests that open the site in a real browser. {@link com.foobar.browser.SitePage} lists
 * the pages. The tests save a screenshot of each page in target/screenshots.
 */
package com.foobar.browser;
