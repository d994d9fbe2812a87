-- What ends sign-in tokens before their time. The version before knows neither column, and goes
-- on without them. One statement, so that it is either done or not begun.

ALTER TABLE users ADD COLUMN (
  token_generation INT DEFAULT 0 NOT NULL, -- raised when somebody signs out of all devices
  kept_token       VARCHAR(43) COLLATE utf8mb4_0900_bin -- hash of the token that changed the password, if one did
);
