/** What this site of articles promises to its visitors and to its API's clients. */
package com.foobar.site;
