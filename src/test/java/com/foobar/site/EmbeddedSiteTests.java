package com.foobar.site;

/** The contract on the embedded database, as a developer first meets the site. */
class EmbeddedSiteTests extends SiteContract {

}
