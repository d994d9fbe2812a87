/**
 * What an operator sees of the database servers: endpoint, health and metrics.
 */
@NullMarked
package com.foobar.database.actuate;

import org.jspecify.annotations.NullMarked;
