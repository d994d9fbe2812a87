/** Tests of the site's contract with visitors and with clients of the API. */
package com.foobar.site;
