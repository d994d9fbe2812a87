/** Reports invalid settings to the operator who starts the application. */
@NullMarked
package com.foobar.setting;

import org.jspecify.annotations.NullMarked;
