package com.foobar.comment;

import com.foobar.web.text.TextKind;
import com.foobar.web.text.VisibleText;
import jakarta.validation.constraints.Size;

/** The text of a comment that a user submits. */
record CommentDraft(@VisibleText(TextKind.PROSE) @Size(max = 10_000) String body) {
}
