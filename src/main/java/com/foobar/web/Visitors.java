package com.foobar.web;

import java.util.Optional;

/** Knows the visitors, so that a token of somebody who is gone opens nothing. */
public interface Visitors {

	Optional<Visitor> find(long id);

}
