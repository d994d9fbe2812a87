/**
 * Changes of the schema: on the primary, resumed where a run was interrupted, and applied
 * on every replica before a release starts.
 */
@NullMarked
package com.foobar.database.migration;

import org.jspecify.annotations.NullMarked;
