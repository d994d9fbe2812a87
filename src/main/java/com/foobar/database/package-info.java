/**
 * Decides on which database server a transaction runs. This package holds what others may
 * use: the consistency of what a visitor sees, deadlines, the failures of a transaction,
 * the state of the servers, and all settings below {@code foobar.database}. The packages
 * below are internal.
 *
 * <p>
 * A feature imports none of it, for it says what it needs with
 * {@link org.springframework.transaction.annotation.Transactional}. Nothing here knows
 * the site or HTTP.
 */
@NullMarked
package com.foobar.database;

import org.jspecify.annotations.NullMarked;
