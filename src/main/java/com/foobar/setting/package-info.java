/** How a wrong setting is told to whoever starts the application. */
@NullMarked
package com.foobar.setting;

import org.jspecify.annotations.NullMarked;
