/**
 * Migrates the schema on the primary, resumes a migration that was interrupted, and waits
 * until every replica that answers has applied it. {@link com.foobar.FoobarApplication}
 * runs it with the argument {@code migrate}, and {@link com.foobar.database.config} at
 * the start. Depends on {@link com.foobar.database},
 * {@link com.foobar.database.connection}, {@link com.foobar.database.server},
 * {@link com.foobar.database.topology} and {@link com.foobar.setting}.
 */
@NullMarked
package com.foobar.database.migration;

import org.jspecify.annotations.NullMarked;
