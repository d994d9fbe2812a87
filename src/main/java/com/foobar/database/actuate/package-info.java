/**
 * Shows the database servers to an operator: endpoint, health and metrics.
 */
@NullMarked
package com.foobar.database.actuate;

import org.jspecify.annotations.NullMarked;
