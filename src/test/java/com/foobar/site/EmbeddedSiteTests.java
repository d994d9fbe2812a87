package com.foobar.site;

/** Runs the contract on the embedded database, which developers use first. */
class EmbeddedSiteTests extends SiteContract {

}
