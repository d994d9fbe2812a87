/**
 * What the database servers are to each other: their roles, their positions and how far
 * each is behind, computed from what they reported. No class here does I/O.
 */
@NullMarked
package com.foobar.database.topology;

import org.jspecify.annotations.NullMarked;
