-- How an account is entered: by a password under its email address today, by others' sign-in later.
CREATE TABLE account_sources (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id UUID NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX account_sources_account ON account_sources (account_id);
INSERT INTO account_sources (kind, subject, account_id, created_at)
SELECT 'password', email_folded, id, created_at FROM accounts;

-- Tries at a password or a link that did not succeed yet, by what they are counted for.
CREATE TABLE sign_in_tries (
    key TEXT NOT NULL PRIMARY KEY,
    tries INTEGER NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    blocked_until TIMESTAMPTZ,
    forgotten_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sign_in_tries_forgotten ON sign_in_tries (forgotten_at);

-- The second factor: one secret an account; none until it is confirmed with a code.
CREATE TABLE account_totp (
    account_id UUID NOT NULL PRIMARY KEY REFERENCES accounts (id),
    secret TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    confirmed_at TIMESTAMPTZ,
    last_step BIGINT
);

CREATE TABLE recovery_codes (
    account_id UUID NOT NULL REFERENCES accounts (id),
    code_hash TEXT NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (account_id, code_hash)
);
