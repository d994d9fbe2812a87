package com.foobar.site;

/** The contract on the embedded database. */
class EmbeddedAccountTests extends AccountContract {

}
