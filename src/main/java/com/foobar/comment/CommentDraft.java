package com.foobar.comment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What a reader writes. */
record CommentDraft(@NotBlank @Size(max = 10_000) String body) {
}
