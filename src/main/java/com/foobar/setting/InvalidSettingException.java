package com.foobar.setting;

/**
 * A setting that the application cannot start with. Thrown by records of settings when
 * they are made, so that nothing half-configured ever serves a visitor.
 */
public class InvalidSettingException extends RuntimeException {

	private final String remedy;

	/**
	 * Refuses a setting.
	 * @param setting its full name
	 * @param problem what is wrong with it, with the value in [brackets] unless it is a
	 * secret
	 * @param remedy what to write instead
	 */
	public InvalidSettingException(String setting, String problem, String remedy) {
		super(setting + " " + problem);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

}
