package com.foobar.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

/** The color schemes and screen sizes in which the tests check every page. */
enum DisplayMode {

	LIGHT(false, false), DARK(true, false), PHONE(false, true);

	private final boolean dark;

	private final boolean phone;

	DisplayMode(boolean dark, boolean phone) {
		this.dark = dark;
		this.phone = phone;
	}

	/** Returns the suffix of a screenshot's file name. */
	String suffix() {
		return (this.dark ? "-dark" : "") + (this.phone ? "-phone" : "");
	}

	Browser.NewContextOptions options() {
		var options = new Browser.NewContextOptions().setColorScheme(this.dark ? ColorScheme.DARK : ColorScheme.LIGHT)
			.setLocale("en-GB")
			.setTimezoneId("Europe/London");
		return this.phone ? options.setViewportSize(360, 740).setIsMobile(true).setHasTouch(true)
				: options.setViewportSize(1280, 800);
	}

}
