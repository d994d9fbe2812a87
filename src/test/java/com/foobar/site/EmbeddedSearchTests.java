package com.foobar.site;

/** The search on the embedded database. */
class EmbeddedSearchTests extends SearchContract {

}
