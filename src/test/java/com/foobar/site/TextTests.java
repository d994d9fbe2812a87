package com.foobar.site;

/** On the embedded database. */
class TextTests extends TextContract {

}
