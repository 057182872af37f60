-- The refresh tokens of a session, the used ones too: one that comes again was copied.
CREATE TABLE refresh_tokens (
    organization_id UUID NOT NULL,
    hash TEXT NOT NULL,
    session_id UUID NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (organization_id, hash),
    FOREIGN KEY (organization_id, session_id) REFERENCES sessions (organization_id, id)
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (organization_id, session_id);
INSERT INTO refresh_tokens (organization_id, hash, session_id, issued_at, used_at)
SELECT organization_id, refresh_hash, id, last_used_at, NULL FROM sessions WHERE revoked_at IS NULL;
INSERT INTO refresh_tokens (organization_id, hash, session_id, issued_at, used_at)
SELECT organization_id, previous_refresh_hash, id, created_at, rotated_at FROM sessions
WHERE revoked_at IS NULL AND previous_refresh_hash IS NOT NULL AND rotated_at IS NOT NULL;
ALTER TABLE sessions DROP COLUMN refresh_hash;
ALTER TABLE sessions DROP COLUMN previous_refresh_hash;
ALTER TABLE sessions DROP COLUMN rotated_at;
