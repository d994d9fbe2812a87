-- What ends sign-in tokens before their time. The version before knows neither column, and goes
-- on without them.

-- Raised when somebody signs out of all devices.
ALTER TABLE users ADD COLUMN token_generation INT DEFAULT 0 NOT NULL;

-- Hash of the token that changed the password, if one did.
ALTER TABLE users ADD COLUMN kept_token VARCHAR(43) COLLATE utf8mb4_0900_bin;
