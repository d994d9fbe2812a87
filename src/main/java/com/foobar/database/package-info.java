/**
 * Decides on which database server a transaction runs. Knows neither the site nor HTTP;
 * no feature imports it, for a feature says what it needs with
 * {@link org.springframework.transaction.annotation.Transactional}.
 */
@NullMarked
package com.foobar.database;

import org.jspecify.annotations.NullMarked;
