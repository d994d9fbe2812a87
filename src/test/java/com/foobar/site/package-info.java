/**
 * Tests of the pages and of the API. A contract is an abstract class that tests one
 * feature. {@code EmbeddedSiteTests}, {@code MySqlSiteIntegrationTests} and
 * {@code TwoInstancesSiteIntegrationTests} run the contracts, each with one application
 * context.
 */
package com.foobar.site;
