/**
 * Tests of the pages and of the API. A contract is an abstract class that tests one
 * feature. {@code EmbeddedSiteTests}, {@code MySqlSiteIntegrationTests} and
 * {@code TwoInstancesSiteIntegrationTests} run the contracts, each with one application
 * context. They repeat the nested classes, because Spring takes the configuration of a
 * nested class from the class around it, and not from a subclass of that class.
 */
package com.foobar.site;
