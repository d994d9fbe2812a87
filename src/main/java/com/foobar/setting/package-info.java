/**
 * Reports invalid and renamed settings to the operator who starts the application. The
 * other packages throw its {@code InvalidSettingException}. It depends on no other
 * package.
 */
@NullMarked
package com.foobar.setting;

import org.jspecify.annotations.NullMarked;
