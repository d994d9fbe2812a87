/**
 * Migrates the schema on the primary, resumes a migration that was interrupted, and waits
 * until every replica has applied it before a release starts.
 */
@NullMarked
package com.foobar.database.migration;

import org.jspecify.annotations.NullMarked;
