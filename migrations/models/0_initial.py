from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE = {
    "sqlite": """CREATE TABLE "audit_entries" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "actor_id" CHAR(36),
    "action" VARCHAR(80) NOT NULL,
    "subject_kind" VARCHAR(80) NOT NULL,
    "subject_id" CHAR(36) NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "recorded_at" TIMESTAMP NOT NULL
) /* One change, written in the transaction that made it; never updated, never deleted. */;
CREATE INDEX "idx_audit_entri_tenant__ef66ad" ON "audit_entries" ("tenant_id", "subject_id", "recorded_at");
CREATE INDEX "idx_audit_entri_tenant__b9d896" ON "audit_entries" ("tenant_id", "actor_id", "recorded_at");
CREATE TABLE "jobs" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36),
    "kind" VARCHAR(80) NOT NULL,
    "arguments" TEXT NOT NULL,
    "state" VARCHAR(40) NOT NULL /* QUEUED: QUEUED\nRUNNING: RUNNING\nSUCCEEDED: SUCCEEDED\nFAILED: FAILED\nCANCELLED: CANCELLED */,
    "version" INT NOT NULL,
    "progress" REAL NOT NULL,
    "attempts" INT NOT NULL,
    "run_once_key" VARCHAR(200),
    "cancel_requested" INT NOT NULL,
    "result" TEXT,
    "failure_code" VARCHAR(80),
    "failure_message" TEXT,
    "created_at" TIMESTAMP NOT NULL,
    "due_at" TIMESTAMP NOT NULL,
    "started_at" TIMESTAMP,
    "lease_until" TIMESTAMP,
    "finished_at" TIMESTAMP
) /* One job.  `attempts` counts the starts and fences: who finishes with an older number is refused. */;
CREATE INDEX "idx_jobs_state_1be2a7" ON "jobs" ("state", "due_at");
CREATE INDEX "idx_jobs_tenant__c9c1df" ON "jobs" ("tenant_id", "owner_id", "id");
CREATE INDEX "idx_jobs_run_onc_97f705" ON "jobs" ("run_once_key", "state");
CREATE TABLE "files" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "content_type" VARCHAR(100) NOT NULL,
    "size" INT NOT NULL,
    "sha256" VARCHAR(64) NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* One upload of one user.  The bytes are found by their SHA-256. */;
CREATE INDEX "idx_files_tenant__480bb7" ON "files" ("tenant_id", "owner_id", "id");
CREATE INDEX "idx_files_sha256_5b08ba" ON "files" ("sha256");
CREATE TABLE "users" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "email" VARCHAR(254) NOT NULL UNIQUE,
    "display_name" VARCHAR(80) NOT NULL,
    "password_hash" VARCHAR(200) NOT NULL,
    "granted_roles" VARCHAR(200) NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* Somebody with an account.  `email` is in the one form that `canonical_email` gives; nobody else has it. */;
CREATE INDEX "idx_users_tenant__b7a83c" ON "users" ("tenant_id", "id");
CREATE TABLE "sessions" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "opened_at" TIMESTAMP NOT NULL,
    "refreshed_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "revoked_at" TIMESTAMP,
    "user_id" CHAR(36) NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
) /* One sign-in, and the family of all refresh tokens that follow from it. */;
CREATE INDEX "idx_sessions_user_id_8976f0" ON "sessions" ("user_id", "expires_at");
CREATE TABLE "refresh_tokens" (
    "digest" VARCHAR(64) NOT NULL PRIMARY KEY,
    "issued_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "used_at" TIMESTAMP,
    "session_id" CHAR(36) NOT NULL REFERENCES "sessions" ("id") ON DELETE CASCADE
) /* One refresh token, by the SHA-256 of its text, which is stored nowhere.  Used once, but for a short grace. */;
CREATE INDEX "idx_refresh_tok_session_c1bb56" ON "refresh_tokens" ("session_id", "expires_at");
CREATE TABLE "feeds" (
    "name" VARCHAR(40) NOT NULL PRIMARY KEY,
    "epoch" CHAR(36) NOT NULL,
    "sequence" BIGINT NOT NULL,
    "session" DATE NOT NULL,
    "second" INT NOT NULL,
    "market_at" TIMESTAMP NOT NULL,
    "data_version" INT NOT NULL,
    "lease_owner" CHAR(36),
    "lease_until" TIMESTAMP,
    "term" INT NOT NULL
) /* A stream of quotes, and where it stands: changed in the transaction that stores the quotes of each tick. */;
CREATE TABLE "feed_frames" (
    "last_sequence" BIGINT NOT NULL PRIMARY KEY,
    "epoch" CHAR(36) NOT NULL,
    "first_sequence" BIGINT NOT NULL,
    "payload" TEXT NOT NULL,
    "received_at" TIMESTAMP NOT NULL
) /* The quotes of one tick, kept for a while so that a subscriber who was away can catch up. */;
CREATE TABLE "instruments" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "number" INT NOT NULL UNIQUE,
    "symbol" VARCHAR(32) NOT NULL UNIQUE,
    "name" VARCHAR(200) NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* STOCK: STOCK\nETF: ETF\nINDEX: INDEX */,
    "exchange" VARCHAR(4),
    "currency" VARCHAR(3) NOT NULL,
    "sector" VARCHAR(80),
    "first_session" DATE NOT NULL,
    "source" VARCHAR(80) NOT NULL
) /* Something that has a price.  `number` stands for it in the table of bars. */;
CREATE TABLE "quotes" (
    "price" VARCHAR(40) NOT NULL CHECK ("price" NOT GLOB '*[Nn]*'),
    "previous_close" VARCHAR(40) CHECK ("previous_close" NOT GLOB '*[Nn]*'),
    "open" VARCHAR(40) CHECK ("open" NOT GLOB '*[Nn]*'),
    "high" VARCHAR(40) CHECK ("high" NOT GLOB '*[Nn]*'),
    "low" VARCHAR(40) CHECK ("low" NOT GLOB '*[Nn]*'),
    "volume" BIGINT,
    "session" DATE NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "received_at" TIMESTAMP NOT NULL,
    "source" VARCHAR(40) NOT NULL /* HISTORY: HISTORY\nREPLAY: REPLAY\nRESAMPLED: RESAMPLED */,
    "sequence" BIGINT NOT NULL,
    "instrument_id" CHAR(36) NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
) /* The latest quote of an instrument.  Written and read as `domain.market.types.Quote`. */;
CREATE TABLE "portfolios" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "base_currency" VARCHAR(3) NOT NULL,
    "version" INT NOT NULL,
    "idempotency_key" VARCHAR(200),
    "input_digest" VARCHAR(64),
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_portfolios_owner_i_0c7275" UNIQUE ("owner_id", "idempotency_key")
) /* A portfolio.  `version` is the sequence of its latest transaction. */;
CREATE INDEX "idx_portfolios_tenant__29f297" ON "portfolios" ("tenant_id", "owner_id", "id");
CREATE TABLE "accounts" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* TAXABLE: TAXABLE\nK401: K401\nROTH_IRA: ROTH_IRA\nTRADITIONAL_IRA: TRADITIONAL_IRA\nSEP_IRA: SEP_IRA\nHSA: HSA\nEDUCATION_529: EDUCATION_529 */,
    "is_default" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
) /* A part of a portfolio with its own tax rules; each portfolio has a default one. */;
CREATE INDEX "idx_accounts_portfol_3a1c65" ON "accounts" ("portfolio_id");
CREATE TABLE "marks" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "session" DATE NOT NULL,
    "version" INT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "total_value" VARCHAR(40) CHECK ("total_value" NOT GLOB '*[Nn]*'),
    "invested_value" VARCHAR(40) CHECK ("invested_value" NOT GLOB '*[Nn]*'),
    "cash_balance" VARCHAR(40) CHECK ("cash_balance" NOT GLOB '*[Nn]*'),
    "cost_basis" VARCHAR(40) CHECK ("cost_basis" NOT GLOB '*[Nn]*'),
    "recorded_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_marks_portfol_d430ed" UNIQUE ("portfolio_id", "session")
) /* What a portfolio was worth at the close of one session, as it was known when the mark was made. */;
CREATE TABLE "transactions" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "sequence" INT NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* BUY: BUY\nSELL: SELL\nCONTRIBUTION: CONTRIBUTION\nWITHDRAWAL: WITHDRAWAL\nREVERSAL: REVERSAL */,
    "trade_date" DATE NOT NULL,
    "settlement_date" DATE NOT NULL,
    "instrument_id" CHAR(36),
    "quantity" VARCHAR(40) CHECK ("quantity" NOT GLOB '*[Nn]*'),
    "price" VARCHAR(40) CHECK ("price" NOT GLOB '*[Nn]*'),
    "fees" VARCHAR(40) CHECK ("fees" NOT GLOB '*[Nn]*'),
    "amount" VARCHAR(40) NOT NULL CHECK ("amount" NOT GLOB '*[Nn]*'),
    "currency" VARCHAR(3) NOT NULL,
    "note" TEXT,
    "idempotency_key" VARCHAR(200) NOT NULL,
    "input_digest" VARCHAR(64) NOT NULL,
    "recorded_at" TIMESTAMP NOT NULL,
    "recorded_by" CHAR(36),
    "account_id" CHAR(36) NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "reverses_id" CHAR(36) REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_transaction_portfol_5157fd" UNIQUE ("portfolio_id", "sequence"),
    CONSTRAINT "uid_transaction_portfol_9a289c" UNIQUE ("portfolio_id", "idempotency_key")
) /* One entry of the ledger: never changed, never deleted. */;
CREATE INDEX "idx_transaction_account_32bfeb" ON "transactions" ("account_id");
CREATE INDEX "idx_transaction_portfol_1441f3" ON "transactions" ("portfolio_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_portfol_343fc7" ON "transactions" ("portfolio_id", "instrument_id", "trade_date", "sequence");
CREATE TABLE "postings" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "book" VARCHAR(40) NOT NULL /* CASH: CASH\nHOLDINGS: HOLDINGS\nTRADING: TRADING\nCAPITAL: CAPITAL\nFEES: FEES */,
    "currency" VARCHAR(3),
    "amount" VARCHAR(40) CHECK ("amount" NOT GLOB '*[Nn]*'),
    "instrument_id" CHAR(36),
    "units" VARCHAR(40) CHECK ("units" NOT GLOB '*[Nn]*'),
    "transaction_id" CHAR(36) NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT
) /* One line of a transaction: money in `currency`, or `units` of an instrument. */;
CREATE INDEX "idx_postings_transac_3738db" ON "postings" ("transaction_id");
CREATE INDEX "idx_postings_portfol_a0f903" ON "postings" ("portfolio_id", "book");
CREATE TABLE IF NOT EXISTS "aerich" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" VARCHAR(255) NOT NULL,
    "app" VARCHAR(100) NOT NULL,
    "content" JSON NOT NULL
);""",
    "postgres": """CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "actor_id" UUID,
    "action" VARCHAR(80) COLLATE "C" NOT NULL,
    "subject_kind" VARCHAR(80) COLLATE "C" NOT NULL,
    "subject_id" UUID NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "recorded_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "idx_audit_entri_tenant__ef66ad" ON "audit_entries" ("tenant_id", "subject_id", "recorded_at");
CREATE INDEX "idx_audit_entri_tenant__b9d896" ON "audit_entries" ("tenant_id", "actor_id", "recorded_at");
COMMENT ON TABLE "audit_entries" IS 'One change, written in the transaction that made it; never updated, never deleted.';
CREATE TABLE "jobs" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID,
    "kind" VARCHAR(80) COLLATE "C" NOT NULL,
    "arguments" TEXT NOT NULL,
    "state" VARCHAR(40) COLLATE "C" NOT NULL,
    "version" INT NOT NULL,
    "progress" DOUBLE PRECISION NOT NULL,
    "attempts" INT NOT NULL,
    "run_once_key" VARCHAR(200) COLLATE "C",
    "cancel_requested" BOOL NOT NULL,
    "result" TEXT,
    "failure_code" VARCHAR(80) COLLATE "C",
    "failure_message" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "started_at" TIMESTAMPTZ,
    "lease_until" TIMESTAMPTZ,
    "finished_at" TIMESTAMPTZ
);
CREATE INDEX "idx_jobs_state_1be2a7" ON "jobs" ("state", "due_at");
CREATE INDEX "idx_jobs_tenant__c9c1df" ON "jobs" ("tenant_id", "owner_id", "id");
CREATE INDEX "idx_jobs_run_onc_97f705" ON "jobs" ("run_once_key", "state");
COMMENT ON COLUMN "jobs"."state" IS 'QUEUED: QUEUED\nRUNNING: RUNNING\nSUCCEEDED: SUCCEEDED\nFAILED: FAILED\nCANCELLED: CANCELLED';
COMMENT ON TABLE "jobs" IS 'One job.  `attempts` counts the starts and fences: who finishes with an older number is refused.';
CREATE TABLE "files" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(255) COLLATE "C" NOT NULL,
    "content_type" VARCHAR(100) COLLATE "C" NOT NULL,
    "size" INT NOT NULL,
    "sha256" VARCHAR(64) COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "idx_files_tenant__480bb7" ON "files" ("tenant_id", "owner_id", "id");
CREATE INDEX "idx_files_sha256_5b08ba" ON "files" ("sha256");
COMMENT ON TABLE "files" IS 'One upload of one user.  The bytes are found by their SHA-256.';
CREATE TABLE "users" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "email" VARCHAR(254) COLLATE "C" NOT NULL UNIQUE,
    "display_name" VARCHAR(80) COLLATE "C" NOT NULL,
    "password_hash" VARCHAR(200) COLLATE "C" NOT NULL,
    "granted_roles" VARCHAR(200) COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "idx_users_tenant__b7a83c" ON "users" ("tenant_id", "id");
COMMENT ON TABLE "users" IS 'Somebody with an account.  `email` is in the one form that `canonical_email` gives; nobody else has it.';
CREATE TABLE "sessions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "refreshed_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
CREATE INDEX "idx_sessions_user_id_8976f0" ON "sessions" ("user_id", "expires_at");
COMMENT ON TABLE "sessions" IS 'One sign-in, and the family of all refresh tokens that follow from it.';
CREATE TABLE "refresh_tokens" (
    "digest" VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
    "issued_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,
    "session_id" UUID NOT NULL REFERENCES "sessions" ("id") ON DELETE CASCADE
);
CREATE INDEX "idx_refresh_tok_session_c1bb56" ON "refresh_tokens" ("session_id", "expires_at");
COMMENT ON TABLE "refresh_tokens" IS 'One refresh token, by the SHA-256 of its text, which is stored nowhere.  Used once, but for a short grace.';
CREATE TABLE "feeds" (
    "name" VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    "epoch" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "session" DATE NOT NULL,
    "second" INT NOT NULL,
    "market_at" TIMESTAMPTZ NOT NULL,
    "data_version" INT NOT NULL,
    "lease_owner" UUID,
    "lease_until" TIMESTAMPTZ,
    "term" INT NOT NULL
);
COMMENT ON TABLE "feeds" IS 'A stream of quotes, and where it stands: changed in the transaction that stores the quotes of each tick.';
CREATE TABLE "feed_frames" (
    "last_sequence" BIGINT NOT NULL PRIMARY KEY,
    "epoch" UUID NOT NULL,
    "first_sequence" BIGINT NOT NULL,
    "payload" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE "feed_frames" IS 'The quotes of one tick, kept for a while so that a subscriber who was away can catch up.';
CREATE TABLE "instruments" (
    "id" UUID NOT NULL PRIMARY KEY,
    "number" INT NOT NULL UNIQUE,
    "symbol" VARCHAR(32) COLLATE "C" NOT NULL UNIQUE,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "exchange" VARCHAR(4) COLLATE "C",
    "currency" VARCHAR(3) COLLATE "C" NOT NULL,
    "sector" VARCHAR(80) COLLATE "C",
    "first_session" DATE NOT NULL,
    "source" VARCHAR(80) COLLATE "C" NOT NULL
);
COMMENT ON COLUMN "instruments"."kind" IS 'STOCK: STOCK\nETF: ETF\nINDEX: INDEX';
COMMENT ON TABLE "instruments" IS 'Something that has a price.  `number` stands for it in the table of bars.';
CREATE TABLE "quotes" (
    "price" DECIMAL(28,10) NOT NULL CHECK ("price" <> 'NaN'),
    "previous_close" DECIMAL(28,10) CHECK ("previous_close" <> 'NaN'),
    "open" DECIMAL(28,10) CHECK ("open" <> 'NaN'),
    "high" DECIMAL(28,10) CHECK ("high" <> 'NaN'),
    "low" DECIMAL(28,10) CHECK ("low" <> 'NaN'),
    "volume" BIGINT,
    "session" DATE NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL,
    "source" VARCHAR(40) COLLATE "C" NOT NULL,
    "sequence" BIGINT NOT NULL,
    "instrument_id" UUID NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "quotes"."source" IS 'HISTORY: HISTORY\nREPLAY: REPLAY\nRESAMPLED: RESAMPLED';
COMMENT ON TABLE "quotes" IS 'The latest quote of an instrument.  Written and read as `domain.market.types.Quote`.';
CREATE TABLE "portfolios" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "description" TEXT,
    "base_currency" VARCHAR(3) COLLATE "C" NOT NULL,
    "version" INT NOT NULL,
    "idempotency_key" VARCHAR(200) COLLATE "C",
    "input_digest" VARCHAR(64) COLLATE "C",
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_portfolios_owner_i_0c7275" UNIQUE ("owner_id", "idempotency_key")
);
CREATE INDEX "idx_portfolios_tenant__29f297" ON "portfolios" ("tenant_id", "owner_id", "id");
COMMENT ON TABLE "portfolios" IS 'A portfolio.  `version` is the sequence of its latest transaction.';
CREATE TABLE "accounts" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "is_default" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_accounts_portfol_3a1c65" ON "accounts" ("portfolio_id");
COMMENT ON COLUMN "accounts"."kind" IS 'TAXABLE: TAXABLE\nK401: K401\nROTH_IRA: ROTH_IRA\nTRADITIONAL_IRA: TRADITIONAL_IRA\nSEP_IRA: SEP_IRA\nHSA: HSA\nEDUCATION_529: EDUCATION_529';
COMMENT ON TABLE "accounts" IS 'A part of a portfolio with its own tax rules; each portfolio has a default one.';
CREATE TABLE "marks" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "session" DATE NOT NULL,
    "version" INT NOT NULL,
    "currency" VARCHAR(3) COLLATE "C" NOT NULL,
    "total_value" DECIMAL(28,8) CHECK ("total_value" <> 'NaN'),
    "invested_value" DECIMAL(28,8) CHECK ("invested_value" <> 'NaN'),
    "cash_balance" DECIMAL(28,8) CHECK ("cash_balance" <> 'NaN'),
    "cost_basis" DECIMAL(28,8) CHECK ("cost_basis" <> 'NaN'),
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_marks_portfol_d430ed" UNIQUE ("portfolio_id", "session")
);
COMMENT ON TABLE "marks" IS 'What a portfolio was worth at the close of one session, as it was known when the mark was made.';
CREATE TABLE "transactions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "sequence" INT NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "trade_date" DATE NOT NULL,
    "settlement_date" DATE NOT NULL,
    "instrument_id" UUID,
    "quantity" DECIMAL(28,10) CHECK ("quantity" <> 'NaN'),
    "price" DECIMAL(28,10) CHECK ("price" <> 'NaN'),
    "fees" DECIMAL(28,8) CHECK ("fees" <> 'NaN'),
    "amount" DECIMAL(28,8) NOT NULL CHECK ("amount" <> 'NaN'),
    "currency" VARCHAR(3) COLLATE "C" NOT NULL,
    "note" TEXT,
    "idempotency_key" VARCHAR(200) COLLATE "C" NOT NULL,
    "input_digest" VARCHAR(64) COLLATE "C" NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "recorded_by" UUID,
    "account_id" UUID NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "reverses_id" UUID REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_transaction_portfol_5157fd" UNIQUE ("portfolio_id", "sequence"),
    CONSTRAINT "uid_transaction_portfol_9a289c" UNIQUE ("portfolio_id", "idempotency_key")
);
CREATE INDEX "idx_transaction_account_32bfeb" ON "transactions" ("account_id");
CREATE INDEX "idx_transaction_portfol_1441f3" ON "transactions" ("portfolio_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_portfol_343fc7" ON "transactions" ("portfolio_id", "instrument_id", "trade_date", "sequence");
COMMENT ON COLUMN "transactions"."kind" IS 'BUY: BUY\nSELL: SELL\nCONTRIBUTION: CONTRIBUTION\nWITHDRAWAL: WITHDRAWAL\nREVERSAL: REVERSAL';
COMMENT ON TABLE "transactions" IS 'One entry of the ledger: never changed, never deleted.';
CREATE TABLE "postings" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "portfolio_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "book" VARCHAR(40) COLLATE "C" NOT NULL,
    "currency" VARCHAR(3) COLLATE "C",
    "amount" DECIMAL(28,8) CHECK ("amount" <> 'NaN'),
    "instrument_id" UUID,
    "units" DECIMAL(28,10) CHECK ("units" <> 'NaN'),
    "transaction_id" UUID NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_postings_transac_3738db" ON "postings" ("transaction_id");
CREATE INDEX "idx_postings_portfol_a0f903" ON "postings" ("portfolio_id", "book");
COMMENT ON COLUMN "postings"."book" IS 'CASH: CASH\nHOLDINGS: HOLDINGS\nTRADING: TRADING\nCAPITAL: CAPITAL\nFEES: FEES';
COMMENT ON TABLE "postings" IS 'One line of a transaction: money in `currency`, or `units` of an instrument.';
CREATE TABLE IF NOT EXISTS "aerich" (
    "id" SERIAL NOT NULL PRIMARY KEY,
    "version" VARCHAR(255) COLLATE "C" NOT NULL,
    "app" VARCHAR(100) COLLATE "C" NOT NULL,
    "content" JSONB NOT NULL
);""",
}

DOWNGRADE = {
    "sqlite": """DROP TABLE "postings";
DROP TABLE "transactions";
DROP TABLE "marks";
DROP TABLE "accounts";
DROP TABLE "portfolios";
DROP TABLE "quotes";
DROP TABLE "instruments";
DROP TABLE "feed_frames";
DROP TABLE "feeds";
DROP TABLE "refresh_tokens";
DROP TABLE "sessions";
DROP TABLE "users";
DROP TABLE "files";
DROP TABLE "jobs";
DROP TABLE "audit_entries";""",
    "postgres": """DROP TABLE "postings";
DROP TABLE "transactions";
DROP TABLE "marks";
DROP TABLE "accounts";
DROP TABLE "portfolios";
DROP TABLE "quotes";
DROP TABLE "instruments";
DROP TABLE "feed_frames";
DROP TABLE "feeds";
DROP TABLE "refresh_tokens";
DROP TABLE "sessions";
DROP TABLE "users";
DROP TABLE "files";
DROP TABLE "jobs";
DROP TABLE "audit_entries";""",
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE[db.capabilities.dialect]


MODELS_STATE = (
    "eJztXW1z4ji2/isqvtyeKiaVpJN0L7N1q0hCutmhoTeQndkdtkBgAd4YifZLaO7c/u+rI9"
    "tgyzbYvMU4+hBiSzqy/RxZPm86+rM0ZRoxrLOqo+l2jdrmolRBf5YonhJ+EFNbRiU8m63q"
    "oMDGA0M0x9CuR3hDnYgaPLBsEw9tXjnChkV4kUasoanPbJ1RIGlRgoYTTMe8bm7qtk0o0i"
    "myJwRxSmpxYt6Sn2MbTbFGkG7/gih5ISZyZhq2iVb2TvndEH56BtfV2JBfWKfjw13Cofo3"
    "h/RsNia8J5Nf6I9/82KdauQ7f3h++keJXwlTu6drQGA5g/+QoX9mkiEzNaL1sF3idFJbfk"
    "vMjGsJl5g990Y6MbQQp9y2orxnL2ai7Ompfv8gWgIkg96QGc6UrlrPFvaE0WVzx9G1M6CB"
    "ujGhxIRnD7COOobhsdovclHgBbbpkOXja6sCjYywY8AAKP115FAXao1NsU7PnolJiXGma9"
    "YZJXP+uP/r3WiAqNdrtjq9dq3T65UiowduSOK2VzRkFEaeTm1gxZ8/3H5X8IjSElzg7nP1"
    "8d37m58EIMyyx6aoFOCVfghCbGOXVLB1hXmIZWmhDxHtkwN+wYoFq1fOh9MHLGcQryANDv"
    "y0iAZpdgDUG7CFwxOuG0HzboLNRDQ9CglLfnMnOCxLU/y9ZxA6tif89OP5Glj/UX0UyH48"
    "F8gy/uFyP2tNr+ZSVIUB9mf1Z/58WWCW6RTYGcDONj+EqdSUK4E6ICNmkiigHfLdjgd0Rb"
    "HVqD2dibZT+70DPU8t65sRHJzvvlR/F9hOF15No9X85DcPDOa7RutWnpJHNjGzwL0kUGhn"
    "RzsoPUfnDHt4z5Gz9SmJh16ilhigebRn/kGx5pBO/Uut3al++Rpiyn21U4OayxBD/NJ3N9"
    "J0vuwE/VbvfEZwiv7VatbkiWnZrvOvEtwTdmzWo2zew1oQE7/YL/oBCtHoOSCeQ8EAD5/n"
    "2NR6kRp2yZLaRquml1O5BFM8FkwCNOE+PQ35b2xQilGcobi8TmP+DxtkUJR56zOE+pirsN"
    "OZbfXRkDmcj0KVtWxs8kNMNTQidEisCppPGBrpVLcmxEJz3Z7wWsQMjWuy1JkO+D/dQiYZ"
    "OVaS2nzoC6ZRovl1bPFmabxlrLbM5vyV8475r2hgOrTH+F31nokwWri9KP1Z6c+nNxFnEO"
    "aCr0JaRIM0Sn8O45lVrVPqXAZ1DptjZ0rgYlmk4SBRIWA+tki8/KBGB3WNf6YF7HV+h5h/"
    "PqPKtE98POhLf3+qPdXuM37bPKoKcv936eNTs1lvfqog76BL2093d7XaPTRaHnbpQ7XegC"
    "L3f5feVZt3tYYoWh7KwlKa9+cqzftzlfz+XEXenxdiWrHWvTpNeHkCFBL/+D0fin8Xh5qe"
    "xnAHP19eXH24+vj+5uojbyLuclnyYQ3i9WZHgnNmMvgSxMxGDwbDCYgGiSRIR0B1KFDPz8"
    "6PPx3dt55uGzX09bF2V2/XW82wCigqhaz9zdBtAcFjrdqQJ31Pl8gwaoMkxxu2h8J338NW"
    "1nTSiioyXRGsS+EZ9/I8zZTLWyXOuaIuDPcQPotGzyT8gS3AJQL5LWMGwTQe9ThyCfkBpz"
    "/UoF6WHHfiuG21GiE55rYuCypPX25rj+8ufgpPIDHDnVhw1xkkxhVFEYb4saXFEdYNxyQc"
    "Ty1BaIxHXaYrAvaHVoh8zKZcoMDjTD6ZGNIiIH7s0T40CWCznbcgTKycBblzFgQ57VmTs3"
    "N5Rag4nGsOCwfFtu9ymHgPnD6hifXUGM2lbYv0HGrrxhaclqgVq/PMas+7uOVLLVErVueN"
    "1Tnx5rdtZhLtQRcPHXHqB2rL63z7I94ig3PfmRkMa4iNEIMzi5hnCHUmBA0WNrEQNgkaMY"
    "dq/Bz877qJ2p+rP19e38S77nfrLnN0e5wP3ppg3p9yuiun+wmKu6fhdC8moOJ/BMxkW5Pf"
    "vhDuYMmGfX2dxoZ9fZ1sw4Y6ycrBKH+jbReoDDjLdAXE+yKVz+Bijc/gIuozsPT/i8E50d"
    "/lNz+er+uQ8O7Z3eUJFRlG7YqigOP15irFcL25ShytUKVMoErDOrKG9UhG/EEmHfZMaClG"
    "xwrVl9dpWabbkqsqvGkGdcujQ4Ku7GlBvg4EapMOcc7ku11G84k+nEDosiU0P8Tx5DoR4f"
    "rUk8VPwYnOO3BsrlCZCCNrwkwbjfktkHjV7HiXThVfTSyICfJkUfJ9pvObW7/YWNPHxIqZ"
    "HpLn4BXFfubgzZrbyc3AySqbblnOthNyiFbNx7mbj4Nf3sC7l53RYWLF6VxzGhbAbMfmAK"
    "UyX+eZxeHPauq1yiEqZRjiX8aIxBrBOArwAxeW9DH9lSwi0ewSpr5Nf9XTaQK7Kl291iae"
    "L4U3aWTxAzeZjWBAtX1Xva+VfrySt8XDPs7VsmJLsgbgPVkG2d/iY+NnnYvesHgRZO8Rnu"
    "rGAkRvbBhh+dxyEwONmGGwORqZbMrF83i5fvduu7RL+6sveR8kf+iIiA55e8qW3fCRREzr"
    "F9Q3yQvvUfPbW8T29ALvNihQiYvCnQTua87MZyu1ngAupCxKgnLuKOdOHmbGXZ07M/7UWw"
    "prIVolkudaXvOm1e0zRYTJFbdzzW2lar8VTq+ko63e6iCxUrjzzOiAfJpW8gmQKLlnvaoN"
    "UO1Bz37yujlNSDcq2YEBlVXDjkgiAY+WtL7Qo3/49ZEYOCFbY4IfrSC4/zikPUKM0RhjhD"
    "92ky0RwP6UZog2m5IB0xbLNEl4KHIrQbolwnVRQ+jyXppiiOAcMXPq2gD6Q0wZ1YfY6Hkt"
    "x/oLsX7har7okd8VQRNsxdopjnjdzDGkEDeqzAnKnJDruWhHc4J4c6JwJnvOlwSFc5xfXq"
    "fxnPNWa0IbI9FLmm7NDLzoZQ0hlekKGCq2//XKM2xZc8a/t3zWn2RBO0JYQLgPkn1ibPK5"
    "lSukJvPWlqRFPEKoEE+Z70OFQxbYgJAhHDLidt5RNSuey/mgWtkDIWGFIFheXrsOj7dIqZ"
    "VVEW9B8BQcpd8cZhPL9aKKoEuu10DSW6pZFW8/GS1xHxkRrun6bt1+oEeChxNk68PnqFp2"
    "rAsLB3NgxXO/DD3xKxsIZqAyKH+iAq5MkddULFbqI2yAQjjFC4S1F7DziJ1y+jYxp1wXNN"
    "ncS/orLufeqO9xFj3AE3WpnywYdE+vm3CqYOgve6LgRMXxdRcT5Uje3lcCwmR9kczYMEYO"
    "TNYVlwRKT5SXuUCCMM+UKn1j9HHyyqEAVWEy5f3l8vL9+w+X5+9vPl5fffhw/fF8uYYoWr"
    "VuMdFt/ROsJwoN75gFRklBZSDqrY3a2yTjFWswg8wWgY6TxxiL1oxXn6Awo3VvC92m2Hwm"
    "9nZ6R4hWqR25UztCFiv4mmZP5SuTqcWiMe9QQHzNIpZIZCopfhyqKt/SG5icQBfLMCn5zd"
    "XXvBMXTvE68fVgIXkwXYbGmk/cyvImG0pvBO1SWlI6IQME2A3A/lBGz2TmL1adT3SDIIu5"
    "hguMLGcAXcA2QbCR0BxbCM/xAg0x5X/2cIKcWdRycsgL7WB1MLBl97ZT4iKk+3mbXtcScU"
    "RVTtknjiADjHRz6wEepS2S8Hpkc8UMLyDRW5QDybmiAySF8AKuE7gOtKck0V922FMySK20"
    "89wJwDmR2yCa1hR7XcUJboHatZKbvmyXITLRnnD+uuISBPRhNDP1IWQd6bv7OPY9f5QQsH"
    "R76Y2Ci4IYNsCmFR97uLeed5DNVCjh8UMJXe5mUCVXBMURf/eXBG0xHbBMYYQrisL5Nd9f"
    "pvBrvr9M9GtClco/ecyYquRdNTdvQHgKO2yW2p3W3a8VJP51aa3zUEH8p0vrzfva7xUk/s"
    "mfx2O68IMLId1AjSzDPUhThE1mJIzTQJyMcCR+0DFNruZm2potSJPncb7thJ1mvk6eriPZ"
    "VcnQZjGixZqP4ZKieMP3ALtSeeaazGEREcK3HRzBHDPOUrZmmC4pCjgJ7Gec5kRVb3AuWP"
    "bfwQ1RitHVg9Xldcq668hI72ExRMeu/0OkGaJope9zpfo3U7dtQkUoqUmwhrjK3fc0SjdG"
    "5EwAfyburR/vXTnERXbR3pfXzrgwLUJ4XJ0+pyb9ZJVdWGaiANe+82F5T4b6FBsJ9mWfUJ"
    "7vXaIzj/gEp7B1M37trv6l2nh3+bF8cS7tYhqUzOU9p8mLzhyrNzSYtSXYcg87o54z+Wbv"
    "oENapm2g9ukUwBsAnujjGDfrZoB9OgXwBoANNt8GX49MwbsB3hdALKNTe0Wzlb06Z5Cq0P"
    "tXZ0E27XIrV7TyQOfUA62iDd4mr9fZiDa7Rk7DXlT6XG93Wo//rCDvoEsfa18bVV7g/ofz"
    "NsexUbuHIu8wH+6SU1qWVwjxYCcDX5zRKMq5FiUdxn8iL1f8uv1w4M0p2ok2prGLWMpCye"
    "z4K9l5rN91pGx2OxlQq24WslKM8dSvKq8znHpZzFIv859h0xa2TDRjpj1ihs7cVeiw9RKb"
    "U2Tj78h0DEhvJpazr5q5YUsebyDgPG41/977V+FOxxcfVOa014dYBeWooJw9yZ2d6u/V20"
    "atgryDLv316vyiguCXy5ytzude/bHKRU7vqEs7j9X7eqfealYbbpVU0KXt2le3xjvo0s9t"
    "fsZ/urR2/3RXhca968u/VFDoNB/SrG4t0YvKs4wZBNOEj0SIUOL6gLGD+XaWJcedpm5brU"
    "ZIh7yty+sEnr7c1h7fXUg2xqiNS+UTeyvK/FKkyygGyHSHlQROw08dUQNjYI5inDk9+ddg"
    "XyeJ7UbdTh5daVS7o8XRfMHmcylGBxTl5XUKIASapNT+fnNXAQcUM65xzfnZBPEKWG0iXO"
    "n+cmLPw1BGIrO1aPxMQYUTGdKgOVxblE+xFqMNHuF6MdrhHxFO+66SfyvF8bW1GqU4Hhxi"
    "5VXcg1cxe1oilZFo/cottRzg0MsBbGZjo/eCDWereDqJ/G3GynxMHSqj0xdigUq6NeDRHh"
    "Tm6zEfYmvSG2ADxzoiNyMu0yu8N+DN5QuOl6XHZPxOgXaIWmG9HmuTDJmp7RDtEqRWBjJl"
    "ICsMewtpIXsNcE/bRLZiQIydLMSdZGPZ8gHTx0v4FJCpxdPxlrvT++FNYMGC+AZvwVhgb4"
    "LYEIk9dBlr9xJ5W5dbypHpjNmgPfWeySJi+5J2oAuTqt3olGks53PZjqax4HhPi2iQRgGq"
    "glSOGqQSvLMIzMkZDyWyImR9WKcIHCLp4QCydm9jvYwQFnCs79mEeSJm9zzn3g7ZKCUhMM"
    "PgjSEtwuRxhJlapzPH7mn6mMvtmRCX6IoH902aDFM3ySmmbqI5plRMWYFNZjnJcfOVP4oL"
    "c4zZwa0qrzc6iEYpTQ4tSpChUzfhTFDvr6Apo2QBiWH7vlTRLyNmoj4fcLbVj6aoiRgf9t"
    "k57KgosuTw/qxIh8hypshmiICbwFigc+ja3R/R616kzfELpZvevOgjGuUzYOxZGS6U4eIE"
    "Z+MMerZyHRwIWG8hXUZYw1QKVFl3hjk5VgbevLTGp82z1ly6q7Y/VxD8dunnVuO+3vzUri"
    "D/yFtI0/zkLaBpfurSu+rXeqfaACJx0KUPtRqngV/5e/06i2NeJVIr14rLnq0ceOqv680a"
    "UrGiVOEU8viWtXBpJXdqyW+PyRJPB+MMc7rQB7YZvEvCtzl2M6ThCuhRWYXnCKVaRLU2RC"
    "QAWBTnzEEinXBvJ4nvxiiR6BjLVZxIkAcxJhuJRclmm8BjZjDd8O+GuQBrCARzGEQbE5Pf"
    "IXkhJnL3DtDK3qmLmBZvpMneDZhj+q58IIJJ5rD4CgJefQI0WJTD9p0zhFqmxvvQV8uriP"
    "0/FgJ7J/Txjj+wRnpgAi0vI1N++oVfKBBvKK5mEmwIsiyrsrzcQJyb0drN8SsyxepeU/Qu"
    "f+STiJU5SZmTiqygJ6f1enM5vfbmdS18PpHbp39WEP+BLCCNBqQAaTS69K7V5N/92yfI9F"
    "FBwbMuBf/Q/WP1N7B7rI4h390/ao9tKPWP8mECCX8O0i6eDFO96fWTFrFtg4gPbFYUY0jf"
    "NJTKknGoj983h0sGuh1j6NxszAjSKnvGBntGDjbUKDrEI0K2Msr5dG8T4PT25FzY7E/pQ7"
    "bVelOVI+DArifK4oSx5Phxv30RfHrHDhzPQfRtvsd28cJv8433/uNv1aL1YkfgxvJ6EDOV"
    "JWuhEpnSQU8t7Ow0XLwqRvIIwJrgcbSIlRFXiUxNASppxfGTVsRMunsAOLBHx0nOtBvRDX"
    "9pUmDrv+x7ADdbNI08N5zEhjPS1JirQJoqMfXhpBQTQ+PVlNduTLNqsylwJhnVPW/+kujT"
    "jv0wxXizPRbuFpiRe1d2cgRG4vrsZL06eYF2EVTqy+vrNCaM6+tkEwbUSToBf6kyIOw1Ly"
    "C6F6kMRBdrDEQXUQMRv6Idux3a39qtZoKNeUUiGyn0oY3+Hxm6dYqRL2vABTDWW0Rl46ck"
    "6EIHt7vuY7frx+zHfwFE88xZ"
)
