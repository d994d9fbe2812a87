package com.foobar.site;

/** Runs the contract on the embedded database. */
class EmbeddedAccountTests extends AccountContract {

}
