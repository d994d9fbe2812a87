/**
 * Chooses the database server on which a transaction runs. Other packages may use this
 * package: the consistency of reads, deadlines, the exceptions of transactions, the state
 * of the servers, and all settings below {@code foobar.database}. The packages below it
 * are internal. The glossary in the README beside this file explains its terms.
 *
 * <p>
 * The packages of features import nothing of it, because they declare what they need with
 * {@link org.springframework.transaction.annotation.Transactional}. This package does not
 * depend on the site or on HTTP. It depends on {@link com.foobar.setting}, and of the
 * packages below it on {@link com.foobar.database.topology} alone.
 */
@NullMarked
package com.foobar.database;

import org.jspecify.annotations.NullMarked;
