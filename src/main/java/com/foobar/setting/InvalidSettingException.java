package com.foobar.setting;

/**
 * Signals that a setting has an invalid value, so that the application does not start.
 * Bounds of a single value are annotations of the records named {@code ...Properties};
 * their constructors throw this exception for all other rules, such as those between two
 * settings.
 */
public class InvalidSettingException extends RuntimeException {

	private final String remedy;

	/**
	 * Creates the exception.
	 * @param setting the full name of the setting
	 * @param problem the problem, with the value in [brackets] unless it is a secret
	 * @param remedy advice on a valid value
	 */
	public InvalidSettingException(String setting, String problem, String remedy) {
		super(setting + " " + problem);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

}
