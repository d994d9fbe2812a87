/**
 * Tests of what the site promises to visitors and to clients of the API. A contract
 * describes one feature; {@code EmbeddedSiteTests}, {@code MySqlSiteIntegrationTests} and
 * {@code TwoInstancesSiteIntegrationTests} run the contracts on one application context
 * each.
 */
package com.foobar.site;
