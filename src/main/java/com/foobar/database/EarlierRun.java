package com.foobar.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells statements that an earlier run of the same migration has done before it was cut.
 * MySQL does each statement that changes the schema wholly or not at all, so one that
 * finds its effect there was done.
 */
final class EarlierRun {

	private static final Logger logger = LoggerFactory.getLogger(EarlierRun.class);

	private static final int ER_TABLE_EXISTS_ERROR = 1050;

	private static final int ER_BAD_TABLE_ERROR = 1051;

	// ER_DUP_FIELDNAME, ER_DUP_KEYNAME, ER_CANT_DROP_FIELD_OR_KEY, ER_FK_DUP_NAME,
	// ER_CHECK_CONSTRAINT_NOT_FOUND and ER_CHECK_CONSTRAINT_DUP_NAME.
	private static final Set<Integer> THERE_OR_GONE = Set.of(1060, 1061, 1091, 1826, 3821, 3822);

	private static final Pattern CREATE_TABLE = Pattern.compile("(?im)^\\s*CREATE\\s+TABLE\\s+`?(\\w+)`?");

	private static final Pattern DROP_TABLE = Pattern.compile("(?im)^\\s*DROP\\s+TABLE\\s");

	private static final Pattern ALTER_TABLE = Pattern.compile("(?im)^\\s*ALTER\\s+TABLE\\s+`?(\\w+)`?");

	private static final Pattern NAME = Pattern.compile("'([^']+)'");

	private static final Map<Integer, String> UNDO = Map.of(1060, "ALTER TABLE %s DROP COLUMN %s;", 1061,
			"ALTER TABLE %s DROP INDEX %s;");

	private static final Pattern CHANGE = Pattern.compile("(?i)\\b(ADD|DROP|RENAME|CHANGE|MODIFY|ALTER\\s+COLUMN)\\b");

	private static final String COMPARED = "a_table_to_compare_with";

	private static final String MISSING = """
			SELECT column_name
			  FROM information_schema.columns
			 WHERE table_schema = DATABASE() AND table_name IN ('%1$s', '%2$s')
			 GROUP BY column_name, column_type, is_nullable, column_default, collation_name, extra
			HAVING MAX(table_name = '%1$s') = 0
			""";

	private final Connection connection;

	EarlierRun(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Finishes a statement whose effect is there already.
	 * @param failure what MySQL said to the statement
	 * @throws SQLException the failure, if it is not for that reason that it failed
	 */
	boolean finish(Statement statement, String sql, SQLException failure) throws SQLException {
		String rest = rest(sql, failure);
		logger.info("Done by an earlier run: {}", MigrationStatements.firstLine(sql));
		return statement.execute(rest);
	}

	private String rest(String sql, SQLException failure) throws SQLException {
		int code = failure.getErrorCode();
		if (code == ER_BAD_TABLE_ERROR) {
			// It may name several tables, of which somebody has dropped some.
			return DROP_TABLE.matcher(sql).replaceFirst("DROP TABLE IF EXISTS ");
		}
		if (code == ER_TABLE_EXISTS_ERROR ? !isTheSameTable(sql, failure) : !THERE_OR_GONE.contains(code)) {
			throw failure;
		}
		if (code != ER_TABLE_EXISTS_ERROR && CHANGE.matcher(sql).results().count() > 1) {
			throw severalChanges(sql, failure);
		}
		return "DO 0";
	}

	// One of them is there or gone. Whether the others are, too, nothing says.
	private static SQLException severalChanges(String sql, SQLException failure) {
		Matcher table = ALTER_TABLE.matcher(sql);
		Matcher name = NAME.matcher(failure.getMessage());
		if (!UNDO.containsKey(failure.getErrorCode()) || !table.find() || !name.find()) {
			return failure;
		}
		String undo = UNDO.get(failure.getErrorCode()).formatted(table.group(1), name.group(1));
		return new MigrationStatementException(
				failure.getMessage() + ", and whether the statement's other changes are made is not known",
				"Undo this one: %s Then run it again. It may find another one.".formatted(undo), failure);
	}

	private boolean isTheSameTable(String sql, SQLException failure) throws SQLException {
		Matcher create = CREATE_TABLE.matcher(sql);
		if (!create.find()) {
			return false;
		}
		String table = create.group(1);
		if (!hasAllColumns(table, create.replaceFirst("CREATE TABLE " + COMPARED))) {
			throw new MigrationStatementException(
					failure.getMessage() + ", and is not the one that the migration makes", """
							If the site's own tables are to stand there, put the other one aside: \
							RENAME TABLE %s TO %1$s_before; Then run it again.""".formatted(table), failure);
		}
		return true;
	}

	private boolean hasAllColumns(String table, String createCompared) throws SQLException {
		String drop = "DROP TABLE IF EXISTS " + COMPARED;
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(drop);
			statement.execute(createCompared);
			try (ResultSet answer = statement.executeQuery(MISSING.formatted(table, COMPARED))) {
				return !answer.next();
			}
			finally {
				statement.execute(drop);
			}
		}
	}

}
