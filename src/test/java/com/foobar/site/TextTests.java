package com.foobar.site;

/** Runs the contract on the embedded database. */
class TextTests extends TextContract {

}
