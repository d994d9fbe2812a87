package com.foobar.database.connection;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * MySQL errors from which the outcome of a transaction or of a schema change follows, by
 * the symbols and numbers of MySQL's error reference.
 */
public enum MySqlError {

	/** The server has as many connections as its max_connections allows. */
	ER_CON_COUNT_ERROR(1040),

	ER_TABLE_EXISTS_ERROR(1050),

	ER_BAD_TABLE_ERROR(1051),

	ER_BAD_FIELD_ERROR(1054),

	ER_DUP_FIELDNAME(1060),

	ER_DUP_KEYNAME(1061),

	ER_MULTIPLE_PRI_KEY(1068),

	ER_CANT_DROP_FIELD_OR_KEY(1091),

	ER_NO_SUCH_TABLE(1146),

	ER_KEY_DOES_NOT_EXIST(1176),

	/** The account has as many connections as its max_user_connections allows. */
	ER_TOO_MANY_USER_CONNECTIONS(1203),

	/** The account has used up one of its resource limits. */
	ER_USER_LIMIT_REACHED(1226),

	/** The transaction needs more binary log than max_binlog_cache_size allows. */
	ER_TRANS_CACHE_FULL(1197),

	/** A lock was not free within innodb_lock_wait_timeout or lock_wait_timeout. */
	ER_LOCK_WAIT_TIMEOUT(1205),

	/** The server rolled the transaction back to end a deadlock. */
	ER_LOCK_DEADLOCK(1213),

	/** A replica refuses a write: read_only or super_read_only is ON. */
	ER_OPTION_PREVENTS_STATEMENT(1290),

	ER_SP_ALREADY_EXISTS(1304),

	ER_SP_DOES_NOT_EXIST(1305),

	/** A shutdown or a KILL QUERY ended the statement. */
	ER_QUERY_INTERRUPTED(1317),

	ER_TRG_ALREADY_EXISTS(1359),

	ER_TRG_DOES_NOT_EXIST(1360),

	ER_DROP_PARTITION_NON_EXISTENT(1507),

	ER_SAME_NAME_PARTITION(1517),

	ER_EVENT_ALREADY_EXISTS(1537),

	ER_EVENT_DOES_NOT_EXIST(1539),

	ER_FK_DUP_NAME(1826),

	/** A replica refuses to commit a write. */
	ER_READ_ONLY_MODE(1836),

	/** The statement took longer than max_execution_time. */
	ER_QUERY_TIMEOUT(3024),

	ER_SERVER_OFFLINE_MODE(3032),

	/** The group did not agree to a commit in time, and may still agree later. */
	ER_RUN_HOOK_ERROR(3100),

	/** The group rolled the transaction back while it committed. */
	ER_TRANSACTION_ROLLBACK_DURING_COMMIT(3101),

	/** A KILL CONNECTION ended the session. */
	ER_SESSION_WAS_KILLED(3169),

	/** The transaction writes more rows than the group accepts in one transaction. */
	ER_WRITE_SET_EXCEEDS_LIMIT(3231),

	ER_GRP_TRX_CONSISTENCY_NOT_ALLOWED(3796),

	ER_GRP_TRX_CONSISTENCY_BEFORE(3797),

	ER_GRP_TRX_CONSISTENCY_AFTER_ON_TRX_BEGIN(3798),

	ER_GRP_TRX_CONSISTENCY_BEGIN_NOT_ALLOWED(3799),

	ER_CHECK_CONSTRAINT_NOT_FOUND(3821),

	ER_CHECK_CONSTRAINT_DUP_NAME(3822),

	ER_CONSTRAINT_NOT_FOUND(3940),

	/** The primary hands its role over to another server and begins no transaction. */
	ER_OPERATION_NOT_ALLOWED_WHILE_PRIMARY_CHANGE_IS_RUNNING(4094),

	ER_SERVER_OFFLINE_MODE_REASON(6400);

	/** The server is not the primary, or is about to lose that role. */
	public static final Set<MySqlError> NOT_PRIMARY = EnumSet.of(ER_OPTION_PREVENTS_STATEMENT, ER_READ_ONLY_MODE,
			ER_OPERATION_NOT_ALLOWED_WHILE_PRIMARY_CHANGE_IS_RUNNING);

	/** The server has rolled the transaction back. */
	public static final Set<MySqlError> ROLLED_BACK = EnumSet.of(ER_LOCK_DEADLOCK,
			ER_TRANSACTION_ROLLBACK_DURING_COMMIT);

	/** The server refused a transaction because of its size and did not commit it. */
	public static final Set<MySqlError> TOO_LARGE = EnumSet.of(ER_TRANS_CACHE_FULL, ER_WRITE_SET_EXCEEDS_LIMIT);

	/** The server is healthy, but accepts no more connections of this account. */
	public static final Set<MySqlError> TOO_MANY_CONNECTIONS = EnumSet.of(ER_CON_COUNT_ERROR,
			ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED);

	/** The server stops, or cannot establish what its group has committed. */
	public static final Set<MySqlError> GOING_AWAY = EnumSet.of(ER_SERVER_OFFLINE_MODE, ER_SERVER_OFFLINE_MODE_REASON,
			ER_SESSION_WAS_KILLED, ER_GRP_TRX_CONSISTENCY_NOT_ALLOWED, ER_GRP_TRX_CONSISTENCY_BEFORE,
			ER_GRP_TRX_CONSISTENCY_AFTER_ON_TRX_BEGIN, ER_GRP_TRX_CONSISTENCY_BEGIN_NOT_ALLOWED);

	/** The object of a CREATE or ADD exists already, or that of a DROP does not exist. */
	public static final Set<MySqlError> ALREADY_APPLIED = EnumSet.of(ER_TABLE_EXISTS_ERROR, ER_BAD_TABLE_ERROR,
			ER_DUP_FIELDNAME, ER_DUP_KEYNAME, ER_MULTIPLE_PRI_KEY, ER_CANT_DROP_FIELD_OR_KEY, ER_SP_ALREADY_EXISTS,
			ER_SP_DOES_NOT_EXIST, ER_TRG_ALREADY_EXISTS, ER_TRG_DOES_NOT_EXIST, ER_DROP_PARTITION_NON_EXISTENT,
			ER_SAME_NAME_PARTITION, ER_EVENT_ALREADY_EXISTS, ER_EVENT_DOES_NOT_EXIST, ER_FK_DUP_NAME,
			ER_CHECK_CONSTRAINT_NOT_FOUND, ER_CHECK_CONSTRAINT_DUP_NAME, ER_CONSTRAINT_NOT_FOUND);

	/** The object of a RENAME does not exist under its old name. */
	public static final Set<MySqlError> ALREADY_RENAMED = EnumSet.of(ER_BAD_FIELD_ERROR, ER_NO_SUCH_TABLE,
			ER_KEY_DOES_NOT_EXIST);

	private final int code;

	MySqlError(int code) {
		this.code = code;
	}

	/** Whether the exception has the code of this error. */
	public boolean is(@Nullable Throwable ex) {
		return ex instanceof SQLException sql && sql.getErrorCode() == this.code;
	}

	/** Whether the exception has the code of one of the errors. */
	public static boolean isOneOf(Set<MySqlError> errors, @Nullable Throwable ex) {
		return errors.stream().anyMatch((error) -> error.is(ex));
	}

}
