DROP TABLE recovery_codes;
DROP TABLE account_totp;
DROP TABLE sign_in_tries;
DROP TABLE account_sources;
