package com.foobar;

/** The search on the embedded database. */
class EmbeddedSearchTests extends SearchContract {

}
