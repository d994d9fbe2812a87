/**
 * What visitors go through in a real browser, and what each page of the site looks like
 * in it: {@link com.foobar.browser.SitePage} lists them, target/screenshots shows them.
 */
package com.foobar.browser;
