package com.foobar.site;

class LineEndTests extends LineEndContract {

}
