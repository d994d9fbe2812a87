package com.foobar.site;

/** On the embedded database. */
class LineEndTests extends LineEndContract {

}
