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
CREATE TABLE "data_keys" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL UNIQUE,
    "wrapped" VARCHAR(200) NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* A tenant's data key, encrypted under a key that is derived from the installation's secret. */;
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
    "kind" VARCHAR(40) NOT NULL /* STOCK: STOCK\nETF: ETF\nMUTUAL_FUND: MUTUAL_FUND\nINDEX: INDEX\nOPTION: OPTION\nRATE: RATE */,
    "exchange" VARCHAR(4),
    "currency" VARCHAR(3) NOT NULL,
    "sector" VARCHAR(80),
    "cusip" VARCHAR(9),
    "isin" VARCHAR(12),
    "first_session" DATE NOT NULL,
    "source" VARCHAR(80) NOT NULL
) /* Something that has a price.  `number` stands for it in the table of bars. */;
CREATE TABLE "corporate_actions" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) NOT NULL /* SPLIT: SPLIT\nSPIN_OFF: SPIN_OFF\nMERGER: MERGER\nSYMBOL_CHANGE: SYMBOL_CHANGE\nDIVIDEND: DIVIDEND */,
    "ex_date" DATE NOT NULL,
    "numerator" BIGINT,
    "denominator" BIGINT,
    "cost_fraction" VARCHAR(40) CHECK ("cost_fraction" NOT GLOB '*[Nn]*'),
    "cash" VARCHAR(40) CHECK ("cash" NOT GLOB '*[Nn]*'),
    "source" VARCHAR(80) NOT NULL,
    "recorded_at" TIMESTAMP NOT NULL,
    "instrument_id" CHAR(36) NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "other_id" CHAR(36) REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_corporate_a_instrum_5988a1" UNIQUE ("instrument_id", "kind", "ex_date")
) /* What a company did to its shares, effective at the start of `ex_date`. */;
CREATE INDEX "idx_corporate_a_ex_date_1bb6fa" ON "corporate_actions" ("ex_date");
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
CREATE TABLE "option_contracts" (
    "right" VARCHAR(40) NOT NULL /* CALL: CALL\nPUT: PUT */,
    "style" VARCHAR(40) NOT NULL /* EUROPEAN: EUROPEAN\nAMERICAN: AMERICAN */,
    "strike" VARCHAR(40) NOT NULL CHECK ("strike" NOT GLOB '*[Nn]*'),
    "expiry" DATE NOT NULL,
    "multiplier" INT NOT NULL,
    "underlying_id" CHAR(36) NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "instrument_id" CHAR(36) NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
) /* What an instrument of the kind OPTION gives a right to: `multiplier` units of the underlying. */;
CREATE INDEX "idx_option_cont_underly_8bd57a" ON "option_contracts" ("underlying_id");
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
    "fork_of_id" CHAR(36),
    "fork_version" INT,
    "drift_threshold" VARCHAR(40) CHECK ("drift_threshold" NOT GLOB '*[Nn]*'),
    "rebalances_itself" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "deleted_at" TIMESTAMP,
    CONSTRAINT "uid_portfolios_owner_i_0c7275" UNIQUE ("owner_id", "idempotency_key")
) /* A portfolio.  `version` is the sequence of its latest transaction. */;
CREATE INDEX "idx_portfolios_fork_of_a3bcfe" ON "portfolios" ("fork_of_id");
CREATE INDEX "idx_portfolios_tenant__29f297" ON "portfolios" ("tenant_id", "owner_id", "id");
CREATE TABLE "accounts" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* TAXABLE: TAXABLE\nK401: K401\nROTH_IRA: ROTH_IRA\nTRADITIONAL_IRA: TRADITIONAL_IRA\nSEP_IRA: SEP_IRA\nHSA: HSA\nEDUCATION_529: EDUCATION_529 */,
    "is_default" INT NOT NULL,
    "institution" VARCHAR(200),
    "number" TEXT,
    "number_end" VARCHAR(4),
    "number_index" VARCHAR(64),
    "routing_number" TEXT,
    "routing_end" VARCHAR(4),
    "created_at" TIMESTAMP NOT NULL,
    "closed_at" TIMESTAMP,
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
CREATE TABLE "model_snapshots" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "version" INT NOT NULL,
    "result" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
) /* What a fork came to when it was saved.  `result` is JSON: before, after and difference. */;
CREATE INDEX "idx_model_snaps_portfol_1ded7f" ON "model_snapshots" ("portfolio_id");
CREATE TABLE "portfolio_shares" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "user_id" CHAR(36),
    "permission" VARCHAR(40) NOT NULL /* VIEWER: VIEWER\nEDITOR: EDITOR */,
    "hides_amounts" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_portfolio_s_portfol_352fcb" UNIQUE ("portfolio_id", "email")
) /* That somebody else may see, or change, a portfolio.  `hides_amounts`: weights and returns, but no money. */;
CREATE INDEX "idx_portfolio_s_user_id_78c600" ON "portfolio_shares" ("user_id");
CREATE TABLE "strategies" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_strategies_portfol_bc13fe" UNIQUE ("portfolio_id", "name")
) /* A name for positions of one portfolio that belong together, as the legs of a spread do. */;
CREATE TABLE "strategy_members" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "instrument_id" CHAR(36) NOT NULL,
    "strategy_id" CHAR(36) NOT NULL REFERENCES "strategies" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_strategy_me_account_95e4e1" UNIQUE ("account_id", "instrument_id")
) /* A position that belongs to a strategy, and to no other. */;
CREATE INDEX "idx_strategy_me_strateg_0e4786" ON "strategy_members" ("strategy_id");
CREATE TABLE "tags" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    "color" VARCHAR(7),
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_tags_owner_i_659ea0" UNIQUE ("owner_id", "name")
) /* A word of an owner's for positions. */;
CREATE TABLE "position_tags" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "instrument_id" CHAR(36) NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "tag_id" CHAR(36) NOT NULL REFERENCES "tags" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_position_ta_portfol_d11d94" UNIQUE ("portfolio_id", "account_id", "instrument_id", "tag_id")
) /* That a position, open or to come, has a tag. */;
CREATE INDEX "idx_position_ta_tag_id_cca2d4" ON "position_tags" ("tag_id");
CREATE TABLE "targets" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* INSTRUMENT: INSTRUMENT\nSECTOR: SECTOR\nTAG: TAG\nCASH: CASH */,
    "name" VARCHAR(80) NOT NULL,
    "weight" VARCHAR(40) NOT NULL CHECK ("weight" NOT GLOB '*[Nn]*'),
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_targets_portfol_246718" UNIQUE ("portfolio_id", "kind", "name")
) /* How much of a portfolio should be in an instrument, a sector, a tag or cash: `weight` is a fraction. */;
CREATE TABLE "portfolio_templates" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "allocation" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_portfolio_t_owner_i_435b55" UNIQUE ("owner_id", "name")
) /* A target allocation that an owner keeps for portfolios to come.  `allocation` is JSON, as `targets` are. */;
CREATE TABLE "transactions" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "sequence" INT NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* BUY: BUY\nSELL: SELL\nSHORT_SALE: SHORT_SALE\nCOVER_SHORT: COVER_SHORT\nDIVIDEND: DIVIDEND\nREINVESTED_DIVIDEND: REINVESTED_DIVIDEND\nRETURN_OF_CAPITAL: RETURN_OF_CAPITAL\nINTEREST: INTEREST\nFEE: FEE\nCONTRIBUTION: CONTRIBUTION\nWITHDRAWAL: WITHDRAWAL\nCURRENCY_EXCHANGE: CURRENCY_EXCHANGE\nTRANSFER_IN: TRANSFER_IN\nTRANSFER_OUT: TRANSFER_OUT\nSPLIT: SPLIT\nSPIN_OFF: SPIN_OFF\nMERGER: MERGER\nSYMBOL_CHANGE: SYMBOL_CHANGE\nOPTION_OPEN: OPTION_OPEN\nOPTION_CLOSE: OPTION_CLOSE\nOPTION_EXERCISE: OPTION_EXERCISE\nOPTION_ASSIGNMENT: OPTION_ASSIGNMENT\nOPTION_EXPIRY: OPTION_EXPIRY\nREVERSAL: REVERSAL */,
    "trade_date" DATE NOT NULL,
    "settlement_date" DATE NOT NULL,
    "instrument_id" CHAR(36),
    "other_instrument_id" CHAR(36),
    "quantity" VARCHAR(40) CHECK ("quantity" NOT GLOB '*[Nn]*'),
    "price" VARCHAR(40) CHECK ("price" NOT GLOB '*[Nn]*'),
    "fees" VARCHAR(40) CHECK ("fees" NOT GLOB '*[Nn]*'),
    "amount" VARCHAR(40) NOT NULL CHECK ("amount" NOT GLOB '*[Nn]*'),
    "currency" VARCHAR(3) NOT NULL,
    "fx_rate" VARCHAR(40) CHECK ("fx_rate" NOT GLOB '*[Nn]*'),
    "details" TEXT,
    "note" TEXT,
    "source" VARCHAR(40) NOT NULL /* MANUAL: MANUAL\nIMPORT: IMPORT\nCORPORATE_ACTION: CORPORATE_ACTION\nPLAN: PLAN */,
    "import_id" CHAR(36),
    "fingerprint" VARCHAR(64),
    "confidence" REAL,
    "needs_review" INT NOT NULL,
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
CREATE INDEX "idx_transaction_import__a52a80" ON "transactions" ("import_id");
CREATE INDEX "idx_transaction_account_32bfeb" ON "transactions" ("account_id");
CREATE INDEX "idx_transaction_portfol_1441f3" ON "transactions" ("portfolio_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_portfol_343fc7" ON "transactions" ("portfolio_id", "instrument_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_account_933a4d" ON "transactions" ("account_id", "fingerprint");
CREATE TABLE "action_bookings" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "action_id" CHAR(36) NOT NULL,
    "recorded_at" TIMESTAMP NOT NULL,
    "account_id" CHAR(36) NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "transaction_id" CHAR(36) NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_action_book_account_d954e2" UNIQUE ("account_id", "action_id")
) /* That a corporate action of the market is in an account's ledger, and by which transaction: once at most. */;
CREATE INDEX "idx_action_book_transac_090028" ON "action_bookings" ("transaction_id");
CREATE TABLE "postings" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "book" VARCHAR(40) NOT NULL /* CASH: CASH\nHOLDINGS: HOLDINGS\nTRADING: TRADING\nCAPITAL: CAPITAL\nFEES: FEES\nINCOME: INCOME\nACTIONS: ACTIONS */,
    "currency" VARCHAR(3),
    "amount" VARCHAR(40) CHECK ("amount" NOT GLOB '*[Nn]*'),
    "instrument_id" CHAR(36),
    "units" VARCHAR(40) CHECK ("units" NOT GLOB '*[Nn]*'),
    "fee_kind" VARCHAR(40) /* COMMISSION: COMMISSION\nSEC: SEC\nTAF: TAF\nOTHER: OTHER */,
    "transaction_id" CHAR(36) NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT
) /* One line of a transaction: money in `currency`, or `units` of an instrument. */;
CREATE INDEX "idx_postings_transac_3738db" ON "postings" ("transaction_id");
CREATE INDEX "idx_postings_portfol_a0f903" ON "postings" ("portfolio_id", "book");
CREATE TABLE "imports" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "file_id" CHAR(36) NOT NULL,
    "file_name" VARCHAR(255) NOT NULL,
    "format" VARCHAR(40) NOT NULL,
    "mapping" TEXT,
    "state" VARCHAR(40) NOT NULL /* PREVIEWED: PREVIEWED\nCONFIRMED: CONFIRMED\nUNDONE: UNDONE\nFAILED: FAILED */,
    "problem" TEXT,
    "created_by" CHAR(36) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "confirmed_at" TIMESTAMP,
    "undone_at" TIMESTAMP,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
) /* One file that was read into an account: previewed, then confirmed, then perhaps undone. */;
CREATE INDEX "idx_imports_portfol_8f1744" ON "imports" ("portfolio_id");
CREATE TABLE "import_rows" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "line" INT NOT NULL,
    "part" INT NOT NULL,
    "state" VARCHAR(40) NOT NULL /* NEW: NEW\nKNOWN: KNOWN\nIGNORED: IGNORED\nREFUSED: REFUSED\nRECORDED: RECORDED */,
    "fingerprint" VARCHAR(64),
    "entry" TEXT,
    "problems" TEXT,
    "text" TEXT NOT NULL,
    "transaction_id" CHAR(36),
    "importing_id" CHAR(36) NOT NULL REFERENCES "imports" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_import_rows_importi_7cadfd" UNIQUE ("importing_id", "line", "part")
) /* One row of a file: what was read, what it becomes, what is wrong with it.  `entry` and `problems` are JSON. */;
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
CREATE TABLE "data_keys" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL UNIQUE,
    "wrapped" VARCHAR(200) COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE "data_keys" IS 'A tenant''s data key, encrypted under a key that is derived from the installation''s secret.';
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
    "cusip" VARCHAR(9) COLLATE "C",
    "isin" VARCHAR(12) COLLATE "C",
    "first_session" DATE NOT NULL,
    "source" VARCHAR(80) COLLATE "C" NOT NULL
);
COMMENT ON COLUMN "instruments"."kind" IS 'STOCK: STOCK\nETF: ETF\nMUTUAL_FUND: MUTUAL_FUND\nINDEX: INDEX\nOPTION: OPTION\nRATE: RATE';
COMMENT ON TABLE "instruments" IS 'Something that has a price.  `number` stands for it in the table of bars.';
CREATE TABLE "corporate_actions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "ex_date" DATE NOT NULL,
    "numerator" BIGINT,
    "denominator" BIGINT,
    "cost_fraction" DECIMAL(28,10) CHECK ("cost_fraction" <> 'NaN'),
    "cash" DECIMAL(28,10) CHECK ("cash" <> 'NaN'),
    "source" VARCHAR(80) COLLATE "C" NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "instrument_id" UUID NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "other_id" UUID REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_corporate_a_instrum_5988a1" UNIQUE ("instrument_id", "kind", "ex_date")
);
CREATE INDEX "idx_corporate_a_ex_date_1bb6fa" ON "corporate_actions" ("ex_date");
COMMENT ON COLUMN "corporate_actions"."kind" IS 'SPLIT: SPLIT\nSPIN_OFF: SPIN_OFF\nMERGER: MERGER\nSYMBOL_CHANGE: SYMBOL_CHANGE\nDIVIDEND: DIVIDEND';
COMMENT ON TABLE "corporate_actions" IS 'What a company did to its shares, effective at the start of `ex_date`.';
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
CREATE TABLE "option_contracts" (
    "right" VARCHAR(40) COLLATE "C" NOT NULL,
    "style" VARCHAR(40) COLLATE "C" NOT NULL,
    "strike" DECIMAL(28,10) NOT NULL CHECK ("strike" <> 'NaN'),
    "expiry" DATE NOT NULL,
    "multiplier" INT NOT NULL,
    "underlying_id" UUID NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "instrument_id" UUID NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_option_cont_underly_8bd57a" ON "option_contracts" ("underlying_id");
COMMENT ON COLUMN "option_contracts"."right" IS 'CALL: CALL\nPUT: PUT';
COMMENT ON COLUMN "option_contracts"."style" IS 'EUROPEAN: EUROPEAN\nAMERICAN: AMERICAN';
COMMENT ON TABLE "option_contracts" IS 'What an instrument of the kind OPTION gives a right to: `multiplier` units of the underlying.';
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
    "fork_of_id" UUID,
    "fork_version" INT,
    "drift_threshold" DECIMAL(28,10) CHECK ("drift_threshold" <> 'NaN'),
    "rebalances_itself" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "deleted_at" TIMESTAMPTZ,
    CONSTRAINT "uid_portfolios_owner_i_0c7275" UNIQUE ("owner_id", "idempotency_key")
);
CREATE INDEX "idx_portfolios_fork_of_a3bcfe" ON "portfolios" ("fork_of_id");
CREATE INDEX "idx_portfolios_tenant__29f297" ON "portfolios" ("tenant_id", "owner_id", "id");
COMMENT ON TABLE "portfolios" IS 'A portfolio.  `version` is the sequence of its latest transaction.';
CREATE TABLE "accounts" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "is_default" BOOL NOT NULL,
    "institution" VARCHAR(200) COLLATE "C",
    "number" TEXT,
    "number_end" VARCHAR(4) COLLATE "C",
    "number_index" VARCHAR(64) COLLATE "C",
    "routing_number" TEXT,
    "routing_end" VARCHAR(4) COLLATE "C",
    "created_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
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
CREATE TABLE "model_snapshots" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "version" INT NOT NULL,
    "result" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_model_snaps_portfol_1ded7f" ON "model_snapshots" ("portfolio_id");
COMMENT ON TABLE "model_snapshots" IS 'What a fork came to when it was saved.  `result` is JSON: before, after and difference.';
CREATE TABLE "portfolio_shares" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "email" VARCHAR(254) COLLATE "C" NOT NULL,
    "user_id" UUID,
    "permission" VARCHAR(40) COLLATE "C" NOT NULL,
    "hides_amounts" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_portfolio_s_portfol_352fcb" UNIQUE ("portfolio_id", "email")
);
CREATE INDEX "idx_portfolio_s_user_id_78c600" ON "portfolio_shares" ("user_id");
COMMENT ON COLUMN "portfolio_shares"."permission" IS 'VIEWER: VIEWER\nEDITOR: EDITOR';
COMMENT ON TABLE "portfolio_shares" IS 'That somebody else may see, or change, a portfolio.  `hides_amounts`: weights and returns, but no money.';
CREATE TABLE "strategies" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_strategies_portfol_bc13fe" UNIQUE ("portfolio_id", "name")
);
COMMENT ON TABLE "strategies" IS 'A name for positions of one portfolio that belong together, as the legs of a spread do.';
CREATE TABLE "strategy_members" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "strategy_id" UUID NOT NULL REFERENCES "strategies" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_strategy_me_account_95e4e1" UNIQUE ("account_id", "instrument_id")
);
CREATE INDEX "idx_strategy_me_strateg_0e4786" ON "strategy_members" ("strategy_id");
COMMENT ON TABLE "strategy_members" IS 'A position that belongs to a strategy, and to no other.';
CREATE TABLE "tags" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(50) COLLATE "C" NOT NULL,
    "color" VARCHAR(7) COLLATE "C",
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_tags_owner_i_659ea0" UNIQUE ("owner_id", "name")
);
COMMENT ON TABLE "tags" IS 'A word of an owner''s for positions.';
CREATE TABLE "position_tags" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "tag_id" UUID NOT NULL REFERENCES "tags" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_position_ta_portfol_d11d94" UNIQUE ("portfolio_id", "account_id", "instrument_id", "tag_id")
);
CREATE INDEX "idx_position_ta_tag_id_cca2d4" ON "position_tags" ("tag_id");
COMMENT ON TABLE "position_tags" IS 'That a position, open or to come, has a tag.';
CREATE TABLE "targets" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "name" VARCHAR(80) COLLATE "C" NOT NULL,
    "weight" DECIMAL(28,10) NOT NULL CHECK ("weight" <> 'NaN'),
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_targets_portfol_246718" UNIQUE ("portfolio_id", "kind", "name")
);
COMMENT ON COLUMN "targets"."kind" IS 'INSTRUMENT: INSTRUMENT\nSECTOR: SECTOR\nTAG: TAG\nCASH: CASH';
COMMENT ON TABLE "targets" IS 'How much of a portfolio should be in an instrument, a sector, a tag or cash: `weight` is a fraction.';
CREATE TABLE "portfolio_templates" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "description" TEXT,
    "allocation" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_portfolio_t_owner_i_435b55" UNIQUE ("owner_id", "name")
);
COMMENT ON TABLE "portfolio_templates" IS 'A target allocation that an owner keeps for portfolios to come.  `allocation` is JSON, as `targets` are.';
CREATE TABLE "transactions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "sequence" INT NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "trade_date" DATE NOT NULL,
    "settlement_date" DATE NOT NULL,
    "instrument_id" UUID,
    "other_instrument_id" UUID,
    "quantity" DECIMAL(28,10) CHECK ("quantity" <> 'NaN'),
    "price" DECIMAL(28,10) CHECK ("price" <> 'NaN'),
    "fees" DECIMAL(28,8) CHECK ("fees" <> 'NaN'),
    "amount" DECIMAL(28,8) NOT NULL CHECK ("amount" <> 'NaN'),
    "currency" VARCHAR(3) COLLATE "C" NOT NULL,
    "fx_rate" DECIMAL(28,10) CHECK ("fx_rate" <> 'NaN'),
    "details" TEXT,
    "note" TEXT,
    "source" VARCHAR(40) COLLATE "C" NOT NULL,
    "import_id" UUID,
    "fingerprint" VARCHAR(64) COLLATE "C",
    "confidence" DOUBLE PRECISION,
    "needs_review" BOOL NOT NULL,
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
CREATE INDEX "idx_transaction_import__a52a80" ON "transactions" ("import_id");
CREATE INDEX "idx_transaction_account_32bfeb" ON "transactions" ("account_id");
CREATE INDEX "idx_transaction_portfol_1441f3" ON "transactions" ("portfolio_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_portfol_343fc7" ON "transactions" ("portfolio_id", "instrument_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_account_933a4d" ON "transactions" ("account_id", "fingerprint");
COMMENT ON COLUMN "transactions"."kind" IS 'BUY: BUY\nSELL: SELL\nSHORT_SALE: SHORT_SALE\nCOVER_SHORT: COVER_SHORT\nDIVIDEND: DIVIDEND\nREINVESTED_DIVIDEND: REINVESTED_DIVIDEND\nRETURN_OF_CAPITAL: RETURN_OF_CAPITAL\nINTEREST: INTEREST\nFEE: FEE\nCONTRIBUTION: CONTRIBUTION\nWITHDRAWAL: WITHDRAWAL\nCURRENCY_EXCHANGE: CURRENCY_EXCHANGE\nTRANSFER_IN: TRANSFER_IN\nTRANSFER_OUT: TRANSFER_OUT\nSPLIT: SPLIT\nSPIN_OFF: SPIN_OFF\nMERGER: MERGER\nSYMBOL_CHANGE: SYMBOL_CHANGE\nOPTION_OPEN: OPTION_OPEN\nOPTION_CLOSE: OPTION_CLOSE\nOPTION_EXERCISE: OPTION_EXERCISE\nOPTION_ASSIGNMENT: OPTION_ASSIGNMENT\nOPTION_EXPIRY: OPTION_EXPIRY\nREVERSAL: REVERSAL';
COMMENT ON COLUMN "transactions"."source" IS 'MANUAL: MANUAL\nIMPORT: IMPORT\nCORPORATE_ACTION: CORPORATE_ACTION\nPLAN: PLAN';
COMMENT ON TABLE "transactions" IS 'One entry of the ledger: never changed, never deleted.';
CREATE TABLE "action_bookings" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "account_id" UUID NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "transaction_id" UUID NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_action_book_account_d954e2" UNIQUE ("account_id", "action_id")
);
CREATE INDEX "idx_action_book_transac_090028" ON "action_bookings" ("transaction_id");
COMMENT ON TABLE "action_bookings" IS 'That a corporate action of the market is in an account''s ledger, and by which transaction: once at most.';
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
    "fee_kind" VARCHAR(40) COLLATE "C",
    "transaction_id" UUID NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_postings_transac_3738db" ON "postings" ("transaction_id");
CREATE INDEX "idx_postings_portfol_a0f903" ON "postings" ("portfolio_id", "book");
COMMENT ON COLUMN "postings"."book" IS 'CASH: CASH\nHOLDINGS: HOLDINGS\nTRADING: TRADING\nCAPITAL: CAPITAL\nFEES: FEES\nINCOME: INCOME\nACTIONS: ACTIONS';
COMMENT ON COLUMN "postings"."fee_kind" IS 'COMMISSION: COMMISSION\nSEC: SEC\nTAF: TAF\nOTHER: OTHER';
COMMENT ON TABLE "postings" IS 'One line of a transaction: money in `currency`, or `units` of an instrument.';
CREATE TABLE "imports" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "file_name" VARCHAR(255) COLLATE "C" NOT NULL,
    "format" VARCHAR(40) COLLATE "C" NOT NULL,
    "mapping" TEXT,
    "state" VARCHAR(40) COLLATE "C" NOT NULL,
    "problem" TEXT,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "confirmed_at" TIMESTAMPTZ,
    "undone_at" TIMESTAMPTZ,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_imports_portfol_8f1744" ON "imports" ("portfolio_id");
COMMENT ON COLUMN "imports"."state" IS 'PREVIEWED: PREVIEWED\nCONFIRMED: CONFIRMED\nUNDONE: UNDONE\nFAILED: FAILED';
COMMENT ON TABLE "imports" IS 'One file that was read into an account: previewed, then confirmed, then perhaps undone.';
CREATE TABLE "import_rows" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "line" INT NOT NULL,
    "part" INT NOT NULL,
    "state" VARCHAR(40) COLLATE "C" NOT NULL,
    "fingerprint" VARCHAR(64) COLLATE "C",
    "entry" TEXT,
    "problems" TEXT,
    "text" TEXT NOT NULL,
    "transaction_id" UUID,
    "importing_id" UUID NOT NULL REFERENCES "imports" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_import_rows_importi_7cadfd" UNIQUE ("importing_id", "line", "part")
);
COMMENT ON COLUMN "import_rows"."state" IS 'NEW: NEW\nKNOWN: KNOWN\nIGNORED: IGNORED\nREFUSED: REFUSED\nRECORDED: RECORDED';
COMMENT ON TABLE "import_rows" IS 'One row of a file: what was read, what it becomes, what is wrong with it.  `entry` and `problems` are JSON.';
CREATE TABLE IF NOT EXISTS "aerich" (
    "id" SERIAL NOT NULL PRIMARY KEY,
    "version" VARCHAR(255) COLLATE "C" NOT NULL,
    "app" VARCHAR(100) COLLATE "C" NOT NULL,
    "content" JSONB NOT NULL
);""",
}

DOWNGRADE = {
    "sqlite": """DROP TABLE "import_rows";
DROP TABLE "imports";
DROP TABLE "postings";
DROP TABLE "action_bookings";
DROP TABLE "transactions";
DROP TABLE "portfolio_templates";
DROP TABLE "targets";
DROP TABLE "position_tags";
DROP TABLE "tags";
DROP TABLE "strategy_members";
DROP TABLE "strategies";
DROP TABLE "portfolio_shares";
DROP TABLE "model_snapshots";
DROP TABLE "marks";
DROP TABLE "accounts";
DROP TABLE "portfolios";
DROP TABLE "option_contracts";
DROP TABLE "quotes";
DROP TABLE "corporate_actions";
DROP TABLE "instruments";
DROP TABLE "feed_frames";
DROP TABLE "feeds";
DROP TABLE "refresh_tokens";
DROP TABLE "sessions";
DROP TABLE "users";
DROP TABLE "data_keys";
DROP TABLE "files";
DROP TABLE "jobs";
DROP TABLE "audit_entries";""",
    "postgres": """DROP TABLE "import_rows";
DROP TABLE "imports";
DROP TABLE "postings";
DROP TABLE "action_bookings";
DROP TABLE "transactions";
DROP TABLE "portfolio_templates";
DROP TABLE "targets";
DROP TABLE "position_tags";
DROP TABLE "tags";
DROP TABLE "strategy_members";
DROP TABLE "strategies";
DROP TABLE "portfolio_shares";
DROP TABLE "model_snapshots";
DROP TABLE "marks";
DROP TABLE "accounts";
DROP TABLE "portfolios";
DROP TABLE "option_contracts";
DROP TABLE "quotes";
DROP TABLE "corporate_actions";
DROP TABLE "instruments";
DROP TABLE "feed_frames";
DROP TABLE "feeds";
DROP TABLE "refresh_tokens";
DROP TABLE "sessions";
DROP TABLE "users";
DROP TABLE "data_keys";
DROP TABLE "files";
DROP TABLE "jobs";
DROP TABLE "audit_entries";""",
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE[db.capabilities.dialect]


MODELS_STATE = (
    "eJztXWtz4ria/isqvkxPFZPqZDrdPczWVpHE6eYMgRwgcznDKWOwCN4YibFMaPbs/PfVK9"
    "+v2ASIIfqQ4Ite2X50e+/6T21OdWyys+ZSN2yF2Na61kD/qRFtjvlByt06qmmLRXAPLtja"
    "2BTFNSinYl7QwOKONma2pU1sfnOqmQzzSzpmE8tY2AYlQNIlGE1mGnnk91aWYduYIIMge4"
    "YRpySME/OS/Fyz0VzTMTLsnxHBz9hCy4Wu2Vivu6f8bTA/PYPn6nTCH2yQx/09YkmMv5ZY"
    "tekj5jVZ/EF//ptfNoiOv/GP56d/1viTNGKrhg4EbDn+Hzzxziw8oZaOdVWza5wuVpa/Er"
    "XSSsIjFk/q1MCmHmkpp6y4rtrrhbj28NC6uRUlAZKxOqHmck6C0ou1PaPEL75cGvoZ0MC9"
    "R0ywBd8eajqyNE23qb1LDgr8gm0tsf/5enBBx1NtaUIHqP3XdEkcqHU61wxy9oQtgs0zQ2"
    "dnBK/45/63+6IhIlXtdAdqXxmoai3Re+CFYq3tXppQAj3PIDY0xX/+duoN4BFXa/CA66/N"
    "3rsfP34vAKHMfrTETQFe7W9BqNmaQyqaNcA80mRFoY8Q7bIFvAtBEwRDzoPTA6xiEAeQhj"
    "t+UUTDNC8A1O2wJ4cnPDeB5vVMszLRdCliWPKXO8JuWZtr31QTk0d7xk8/v8+B9ddmTyD7"
    "+b1AlvKFy1nWOu6dC3ErCrA3qz/x7ysDc5xOgl0C7HLzQ5RKTrkxUMd4Si2cBHSAv9npgA"
    "YUW/Xa45loB8rvA6h5zthfZrhzvrtr/i6wna/dO+1u54tXPNSZr9vdq/iUPLWxVQZun0Ci"
    "XR7tMPecnDPsyQ1HzjbmOB36GHWsAXSX9sw7OK05ZNC6U/qD5t19pFFumgMF7lxEGsS7+u"
    "5jbDr3K0G/tQZfEZyif3U7Snxi8ssN/lWDd9KWNlUJXamaHsbEu+xd+hsEoulTiD2HC2Nt"
    "8rTSLF1N3KEXNKts8tb8Yh6/ohHtUTQSoAnv6UrI/6DjWorgDJfreRLz/9BxCUGZlz5DaK"
    "RxEXa+sNkITeiSt6MQZZmtWfxQIzqaYjLBrIFWM4qmBjHYDDO0MuwZv4uoqXNJliznY/5j"
    "MGTh6ZJlic37fmARIZo/xxYjS+clU6VluuJDzj3m/0UBa0lUyt9KfcJCaeHUIuVnKT8f30"
    "RcgpkLD4WiiIZppPwcxbOsWCfFuRLinGY9LucYHlaGGw4TnQTMh2aJ/QU12akVvkwL2Fv8"
    "DTW+fCaFaY/4cNDX/vmgPCg3Jdc2l6qBnN8h6T10Oq3OlwZyD4ak/3B9rSg3UMg/HJLbZq"
    "sNl5zfIbludq6VtrjkH8aZpSLj50OR8fMhe/x8SIyfZ2yxVO1ei2QMnhBFrP34O++r/c73"
    "NT09whv8cHH+4dOHzz9+/PCZFxFv6V/5lIN4qzOIwbmwKKwEKbPRrUm1DETDRDFIp0C1L1"
    "Dfn70//HR00324aivovqdct/qtbicqAoqbgtf+yzRsAUFPabbjk74rS5TotWGSw3XbfeG7"
    "624bl3SKsipxulPQLkVn3Iv3RaZcXipzzhX3onBPYFk0VQvzD2aASwLyK0pNrJF01NPIY8"
    "iPOf2+OrV/5bATx1W3247wMVetOKPycHel9N6dfx+dQFK6O2bw1iU4xoDiFLr4obnFqWaY"
    "SwtzPPUMpjEd9TjdKWC/b4HIw2zOGQrtsZRNJoX0FBA/dG+fWBiw2c5aECWWxoLKGQvCLe"
    "1qk8u3ckAoW7jSLSwMFNuO5SjxDlr6iCbWY2tozm0zrC6JbZhbtHSMWjZ1lZvatS5uOahj"
    "1LKpq9bUFbHm921qYf3WEB+dMOqH7tbzbPtTXqKEcX+5MKmmIzpFFM4Yts4QGswwGq9tzJ"
    "BmYTSlS6Lzc7C/Gxbqf23+cHH5Md10/7LqSnu3p9ng2Uzj9UmjuzS6HyG7exxG99MEVPwm"
    "wMzWNXnlT8IcHNNhX14W0WFfXmbrsOFeTMtBCR/RtgNUCZzjdCeI93khm8F5js3gPGkzYM"
    "b/puCcae/yih/O1rVPeHds7nKZihK9NqA4wf768UOB7vrxQ2ZvhVtSBSolrANLWLwXab/g"
    "1GBj71Y9T7YS7O0TXheUr5rI4WC/YwgoEaesI0wm1nrBex7iYhC2kLjshAEbvBy2jGd+b2"
    "rRufB3NsAlivdLqJPXwzDv63ZS9trvozbLZVLYksLW1i1QeclgZfE5Ic3pInv5D5Gc4Pq/"
    "Hx8XyQJIFmDfLEAPT/mHzAb0CZM0PiByP5cZsJySfFXkRUtoXF06JOjqriLUU4OC5tSAUC"
    "f8za6j1cyYzGCtZkL5iziefPnFZwg9MH4KfnS8gqWNphRWdzajlo0e+SvgdO3s4R5dKMQK"
    "M3ALdpcc/G1h8JfLzzeiG4+YpUwP2fNwQLGbafhVV7P9CGHZjITB2HLbCTlCK+fjys3H4Z"
    "U3NPbKN3SUWLZ0pVsaYmC3a+YQpbRgV7mJo8tqUfEvSiVtQ3xlTHCsCYyTAN9yZsl4JL/g"
    "dSKgLYapZ9YPajpOYIOrwbC2tJXPvMV6Fj9w8tmJBmj2r5s3Su3vV3K4cLFP87YImiVbAn"
    "C/rATvz3jf+MHgrDfkLwDee6rNDXMNrLdmmlH+nDmauik1TbpytHRGiuZvN9UOyZCMgpV8"
    "BJw/VIRFhbw8oX41vCdhi/2MRhZ+5jXqXnmGbVcucF+DAJV4KLxJ6L1W1HpiheUE8CIpIy"
    "RIleNbVzlWY2Z8qX/Hgn/1lsxahFay5JXm19xpdftkUVFy2dqVbm0par+Vlg64o61GdZhY"
    "CtxVbugQf1qU8wmRSL4nX9QGqHYgZz+41RwnpBuF7FCHKithJziRkEUrCvqVS3/7Sw87bi"
    "LZeMftaCeC+9/71EeIPpqijPD6brYmApq/oBqiT+d4TPW1nylRm4j0ipBxEXNZ1BSyvLtT"
    "AQRxTKk1d3QAo4lGKDEmmqm6JR+NZ8x+5mK+qJG/FUYzjaXqKQ743NJhJBA6ItUJUp1Q6b"
    "noheoEMXKScGZbzn2CkzOcX1wWsZzzUjnRDQkHZt1gC1Nbq2WjSOJ0J+gttvuUJQuNsRXl"
    "6y2f9Wdl0E4QniDce3HOe7T43MoFUou64aVFEU8QSsSlO6RUIJRwh0yYnV8omp2eyXmvUt"
    "k1tRYUQGpO7AxrcbxIPU9Wm3iFVWfTo4Jy228gCWloQucLjayRbujIpsJhk/G5F7M6wtMp"
    "5jU+Y8RL+rnywfQ6wt9UGOujpFi2m2rBfNy/b7cGDTQiyzn0KWqNEJc9EO87vDLwEh3pmN"
    "C5QZx71NS56Ne/b3XU7u2tMBnfKb0vSq+BGEVzeBmHFB5EQY4biVr8i/zSkEDMiiUyM/8M"
    "YiKbOYWwNpnBE0Tpn8E/dWGQH+h0iuaUS468KB/C6tRyWmDkmafhKhprzGD81W5av7ZulM"
    "5Nw6tYE7VlSZh/1oJ3cWUQLy23C5MjY0ak0MgdKX1WRPrMTr++OVP1MaRir7lDVfzAwHXG"
    "YMMfjUPiDUXnl5f54+6q21Y5qJ0vCi8YPh2SYKh4R/F5pggXtftU1d7wSrQlME9ZJjafJI"
    "9rqk5j7mKsABcUT4bgzeIpvIbxmBlEHiHbKpK8YoYqN5D8p4uLH3/8dPH+x4+fLz98+nT5"
    "+b0fUZ68lRdaftX6AtHlkS6cDDcPrZTl8I8RyhbYtgUiDEKyDZRv/M4NnhhzzcyQwOIVxK"
    "cTh/jMreT42iVvPlGuW3fN9ruLz/Xz97HcyuGJPJ7jOk2XUwDpdFWOBDiREIQurUkp5WRA"
    "UWV+pjJqSbnt32krbcJtnZD2CstocUJpqop7voJMXTazWYhGbieW61ETdMAkwKX9alqRyo"
    "6zu270rkkM2YiPTY/PJb3W9aCW7MSHBria3XcjvuHBmwHt60QI3WIcVceFr9dz07DyEoXT"
    "BPESWJuDFvKvJbVB6QrqUBFwjwwbFK5EZw00mWmEv6bnJMOrJcyRLxw/GRGq78TtOPVAjU"
    "IVahuTp7SkQYd5sAguCiW8HtWhJv5kEwEjUwfHH3EDnkyQW1TkqhwhzQRnoLm2Rpr+DEMF"
    "gUZ3ZGNrPkKPFl25e76Kxzkvyp8+JMKNCKqI7BULfkduNdGdYqG+8vvEZqptXzeXZIV8LX"
    "al1MvW1uIFnaTIjdmsgk8gGa+4gAj7Q5E0ETFP5xSmOpmN0g6sbsoMKM7WVIdI3rSmmnGx"
    "Oc1ek9NfPYKT6a07y3M616wnbG+nv4jQSu1FpbUXYjUtv5NrnEzmCk4ZQyH2tQxbEiOTSo"
    "w0VOV2O29gcgJZrMSk5BWXq/kgTfH3epqTW8tp0FT1iXOzvkmHAibUedENbQYRBQToDUD/"
    "UEdPeOElKlzNDBODh5ntOL6x5RiqGGOL36JopTGkrbQ1mmiE/9mTGVoukpqTfT7oBVoHU2"
    "O2up0QlyDdzWh6XU3EAUU5qZ84AA8wNaytO3iS9pSY1wOrKxbaGvb5SrZA9lbBIZKT8CXI"
    "Y7j2sUewhScY8vVv7VsQppbSeeUY4IrwbSFzYwrjFjVGZnNugcG0RFS6PePt67BLEMytoY"
    "VlTCDjNIQUjMEW5NijBINl2L41Ch4KbNhYs1h63PnOapYbYVSQP8hmvZzWLSFKBgSnw/7u"
    "bg+s9XxMS4WQBxQnZ9f88aKAXfPHi0y7JtyS2w8eMp729KN6Bt3rXxpI/AyJMrhtIP5vSO"
    "4eBg/Ntnr7AAE6oZMhaXVulN8bSPwMSfd+0Op2Gsj5HZIeZ4UaCP7HF9XXiuZx3DvKDJIw"
    "zVaNVzE1bwzjIhBnI5xwwF9aFheO12UADtNUeXRsO80XmeWzJ/mEBz6epIb05CyhPsXpdd"
    "/dO+BPlsxYlOu+LsHpoftTAXB/ysT2pzi0BjNSLMXZyHrlTw/Y8yKs33k263eeYP083WRp"
    "H6AE4dv2BJLxTbufXiuil2rzVmD2P8HmVktRTIVv1/M0U47Vrrg50RQVO8Y+sZ8CQYFy6w"
    "yh3yzDtjERTsYW1nSkMTRy1SeOQ9SZAP5MvFtKAo59PeQlqqpKhjYd7T6i2fopoYZMArw5"
    "5NUnfHHMa9WmsJ0HvS4s/GzQJVMnJmVbgh2vQUYabwAd9p/YBmqPTgK8AeCZ8bhVrLxHJw"
    "HeALBJV9vg65JJeDfA+wyIlfTgCGhkWhMZZ3Jw6XIrvwvpblFRdwvpWvM22zpPR7TZDngc"
    "+qLa11Z/0O390UDuwZD0lPt2k19wfuG8z3FsKzdwyT2shpXvmGJQT4I9eJGCr1hWkS7BA8"
    "r/JQbXPnKKVEFPtLOMIrtToHbFt1xT4ik9EzrUWIl6nhqVirLwnaJwqRzGYeWml3kXHCxc"
    "xwNncxekIYvLqjayaQON5ryRjIVpgKteOAEwP9GxZa55k2SlNt7j06SKtfoqVtGs2y73Pn"
    "GlV/vrZrvdQPB/SO4fBg3E/1VkLbfX5va8lkdcafCVh173Xml2Gsg7GpLmncJnb7jmHVWl"
    "OSzjaSsVeEApDQ6bVFtik9YUH6q8nNMexZtWsATLbhK8TMY/SnQ41v/8fZWDgCPbk/pMS9"
    "lNSuOE+41HPA5eIyEtpQGdRPnV8ypWUQhKdLAd5P6TAumxCKRNZ//PWook6t2q54mg7v6h"
    "hZMsLtxdazS0oJY9paZBnRyAQsBbEWRr35C1NGFjUZFMMCjmBI25bQPh/mm5FHdevww2q9"
    "zsX8+RNOWepTuP95chUTIk6kXS+aD5e/OqrTSQezAkv3x4f95A8H9Iet3BV7XVazaQdzQk"
    "g17zpgWKwWbbuRW7MCR95d654x4Mydc+P+P/hkS5ebhuQmH18uKnBoqcVkMHYDAfvUTDX1"
    "FqYo1k+fOHCWOtPqZ0b7K/f+Ww09RVt9uOGDWvWvEsDQ93V0rv3XlMM5CUwIC3Muxl+k4y"
    "OREUUbLTC6TYy5yWFfOdnZkkM+j7KCE+dF4SBz0VZ60keZh7VKeA+14jM124xKdtAbNPd3"
    "pAfyyC9MdsqD8msLYon3LJo1p+IklSngLeB0905KJYckaJkZ0C8vsN9pbbi78RlzcRtrJt"
    "Q4dpZdbcKjezr04sqYKK00krT66Vx4drB0ae+3BdR4ntRrtCvHdVanunplBAX1H65Hxqii"
    "EiXKCeb44QHnFjp2zhCGORG3hCLY4Tb3vk7qrk+ps5sb2wLZFBxNZFjsnjO4ZMrD9iy9mu"
    "abyGZMOw2VKwL1MDUdjjiNc+5707Ler4cA9OsWP86Vlv3F7hgsdP/i1NHK+tf5cmjr1DHI"
    "oq8nt+CUgjRBJSuQvvm2V6o8tI8fETppIDKDaAQst52bk+QSmliVxpQgs8XV4oS4R8Zo6z"
    "024UJaKjtsAWvKHeuAOAB9HajrLzbsQ4OYArJbDdcbmkliKniev1PPEMJJpSUUphLy6NoR"
    "U/m4FYA+KR0Ip5O7+48fF1SMpk2KLwEwF/L7GZrSdNietzTU9xHTvA81JFsLho7gX6SxHs"
    "1ddiKYIdkN2ROTG2Dtkov4Ok3DwyP1pD5mDedw5mm9qaqT5r5nKrULgY+dvM9PS5cDScQZ"
    "4xA1Px1oAna5CY52M+0dhMHWumlppGYzPicXqJ9wa8OX/B8WIG2wrtCLXEOh9rqdx9O8rd"
    "4/BoqErznqRLQyUVkZX2abiDnz7RFmxGU4MrowXquUozuKQyt2w59dmUWk9owh+NbOqopl"
    "xlFdOesQ577/H+yZtvBF4G/+jDxkNjzIl4jdrUxpbwMNCN6RSDbJOtNtvHc2TkZeWmr7rU"
    "icnIy1dRP+wlSkkqznatOHNm+SSgOeEaPsVJ9NpDx2nIAAIph+UvsdKz/FTEsCq6KlRaCg"
    "vwT5HAIo2TLX35H1g8xY1HAWKPyzAIuQe8ArwUyeBHAClp3E2nQh4fqVltXljlkAxJ0xHS"
    "3vFSIzhS6ZS32eh7Log9GoQ5WXKgPgrSlu9kjpYLkOkcEu/RDS7jacIz3dPlgYu6Ia7w18"
    "Z6HRFqD4mek0XnzxpdEQiLFf3G0PF8QW0woKlPeJ1wf/gzKipESZ3SUhKUkuBRsSAlJMFw"
    "fy+KaJhGAipF64OK1uE3S8CcLQ3GyE4hfvzQEuFYY1jdxoElQXiCfX3HXixHokA6liS5cS"
    "awROdNIT2FyeMAM7VBFktb1Y1HLjSUQjxGd3pw7z6rTSB3lWHkolQvYOU2o30c6psEpOXn"
    "4TjZCW1muLPpWLeMqa3aMw7+jJopXXazW1VKFW/Tt6rE1gUWdr3+mGrYDJvTJPC5OSJT6W"
    "WqyBKpIqVR5a0YVRxd9ZYtHSWWeZmq1tAJK89rWSGYAdAPtNTsNuHb9XxLhFNQtbWSmW08"
    "yjqCrd0RtUCjP6FzTuEkvec1ZmanKUxcKLwxGj6c2O+A1yXzz1SCw5bq/b1DLBNo7BXUau"
    "7ueBLQHocvyhEC665/ZSZWTW4M1jhyx55jjq+I9d4dgOsywkfZZTendtFSt1m7bvavmzfK"
    "6zlKMTsj+aZ3q75BNLGL59vsEoxMg2Bnn65I2so5JXgNvkQjzxA5qoPIMRI7QI8ERXgv6a"
    "TUssvKwW1qMHPqY4kKEVvOQRbCoAU11+g9VC32FPOqF1Et3sXYS2+ObkkKT5DWVPo6SWGo"
    "4kuLZC6rCayUMvcAqpiTE3AW273No62yow2wJl9hY/v+1yH52m3ftDpf+g3kHbl7tXW+uH"
    "u0db4MyXXzvjVotoFIHAzJraJwGvg/JK3OdfdOaSDnd0ia17A3G7/tHsRX9CKW+t3v0PYq"
    "GYAqpv/fq+uUNk9PubnZphxQvk1Tcpm0PxXQgB0PxiVmfSExbNN5fcK32XdLuEFMMVZfsj"
    "VqmL7Cs3GNr4J3rX6/BTkRgmPY4fQadje95its8xb2Tr0dku7gq9JrIPFTjXVSZqk+mAJT"
    "JlI+tUTKfT6R4VqK0s25US8Ul6gyKFzGIYDROR5TfY14nZCneI0YxkITNplp5JEfatGIw5"
    "nBq1EdvotB8B/vajObCfWWhe2lRVgdjZc2ItRRsmU4ExzgwaCyG+G5ZpgiPlKEKYqgRgiG"
    "QiuL2vhnNFoyERklikCbQMoaC/NaxNvNND203Y4XGAnOELrOkWZ+juc10vkUlaHNS6rvxG"
    "tJ34bXnmLrUp13SFbZ6fWpTFw6nD5BldUi20ZwXBaJKeClsiM4LhNRBe5sVqbLhkhkPEFU"
    "+4ytuZGRiryY4BGtocqduPZrS/kNBArnd0iUm9agy8+d32pIGBEeINkmua7wCVrpBi/d4K"
    "V3dMINXprcpA/SEfsgvZL0bgPij+tamgDv3avnyfDMKWUUld6bCB4DeXx8r3zmbUgUbFwk"
    "RNUxNil5RJ5AKvYpAjnYxI+uJwtb8Bla54JbWsKhvT2nkKAswJRy8qtzxVJOPqDgITPSyI"
    "w0r95fZY7SSrWGlCPe8OIg5Yi3JUfc4flYcMSZ0oRboohMsVbnonCJrKUOox9m6xm4t3MO"
    "3q2yLuxu/BKhTpLQ9FSlW9aTKhnkhQtLAeHVuVcpIBxQQJDu2zJI+Jig9VeicsDGyKRTWC"
    "4nyEKKxhcygmGd5VEiu5ENjHWtKkVgZiSH2ZgUpngumCbsZq+7QY7CHeo7FlXxprFzhWg2"
    "ZneXCt0qTCOSXzvo+idztksN+e4gjGrIL4soyC+z9eOXKdsnm9Qqg65PcAoq8Si6eWlSPX"
    "A/ZWL7KQGt1H+fsP47wZy/FgNpce4rnYcUdzawkVCmICf5la7QfDmZOfb9wCGAzejS1NEY"
    "Q86LSCYNcOxneGJTcBCAhIHC519jswYaOT79whVfQ1MraxOkQz20kIOCF1cm+dpq8AiSrz"
    "0gG/aSoMwXBWQeyiu61ekPeg93SmcAWQq8YxGRKbyjnV+Iy4SsB02R8cDLkRCft17HZ1py"
    "yj64n4uA+zkb3M8JcJ21Iwnv5uDvgPLF0d9VA33n4d/SlUC6EkhXgrJCAJ4vYPvPWpoY4N"
    "3LFQSCz7Pd8oXVy44MgTTTpBMtcAHwNMfoCeOFpz329lT1colDsG9AKPjyf/S7HeFOPHKF"
    "kxHSLJymoz7cg6WiWwoEckWRiu49AyrZd+kK/ur9dS+u4MFSWwb4KNVJ9HLpg38srSFtEM"
    "XFj1BOqTQJJJpyKscaERQskVIcE9tag3nAiT/UH7HF3xA/Yy+9kF53T92Nu9KTh5evRuQc"
    "cpIMBEmHwNDgEaDxuh7NO87Fjq6l8zoMkUgIzTXrCdvfcbGEDyCo4x3/YB2rMKbqiGE+Sr"
    "jk/f3P/EEWnlBOCqNRPI2PTVOQgSijY1szTBa8hmEzBEpX/spYZ2iMmaHjBi/ocPOBQHQ2"
    "p88YzCaceGUZXO5zsyxpOhsSw4bap99UGNRB7RAQChkNAa7g47hgxWzvy/wn8I+DHaaD5O"
    "jUKSA+FDkfCv3JycU0JCK/Ehe8RCEG8ahcgCMUwRugFRfPnvgIIOK1eOtha8EbkSNiY9Nk"
    "whA0h0dz8C26QtojfG1h+44HeI139+Td+F7DcXkvSRE0ZoHaE3ti5RDHfYJ9IGSaeCl1Hu"
    "FqW8a92BsICUQzN/0Nkxxu9/V9yko73vH35E17Vw9/NBD/B8a8dhtMee02P/7a7XGaZlvh"
    "V/zjIbnu/qr0VHEFcrP6J0Ny0/q1daN0bhrIOxqSntLq/MrZN+VGDW6nXISSg4deR+3eqn"
    "6q9MQlSJQ+UEChDEZI50gkUhd51OHdOoNe6+ph4CaODc6GBJjMm17zN6g4OOY0D72e0rn+"
    "Q1V+5wOt84XXlbgkErp3+rf8W1sdkdTdOwnd6T4MQrf4Gcfwvt3iF8UPnLXgY27hgnM0JH"
    "dK7wskm3J+eZk/7q66bdV7k8jpkHTv4VvU7r3C3yJ04t/hQk5f8W+JM/+e8rvSu26FbnsX"
    "/BLNfr/1pePYeBOXQvXct3p/hGqBU2g/3hX6TrM5R9Uw+0Y5heggBgkvY5mJUOVJd9UZyD"
    "uxS3JpLbGm2LYpuODSKKaQvmkoKxFYdTzatjLqdpBb1K3xzSCXKEdR/mvJeW/DTgms2uzn"
    "EaaVef43OXpYRhoTvxlln1BCvAHiKcZbbVbh0b1NgIvvs1KJvWyOiV3YBuRX2ZGpaqDudU"
    "smV7271UwRkL7NyaLEbOzq6MtZnn0SaXUub/wkNK1XZ8PtlZdYl8ea0aWVxs8VUyIG1Ieb"
    "rmt3zc6Dq8IpoUp0qBrI+R2S1t290BM6v6Cg6/EDLhirzsaGoKSLXhmS+3aTX4f/1VAgOT"
    "azsgJ7mEjuJhBdUkMWuRJ8S4zsFOahaNf9WGQbjI/Zu2B8TGyCwR83NfR0g9CtSbWMqT5K"
    "FgN6CnTHB3Uex9J9uGor6L7HORfYZi4yyTs3o2xMT+EzY2w1BU8C1cLPBl4lsc7djyFOKr"
    "djKLEdQ9ztoMR8kkJ6guLQXnxFDbJY2qpuPGJWagqP050g3rufxEO+TSkcyCY3xRi19FOs"
    "nJ9ialuPU6aybG4zRibNFseWJPL4mHgZironYC1wo2WYlcQ1RianABnge/gA35RJdwcAN4"
    "OajnKm3YhudKUpgK032HcAbrktr+Nzw2a35QrAG5saKxWc3hJ6wlpKYIh7p54XE+JoGUuE"
    "g0wNEzuB4BAsIPag4rjR0M7ODbRwVBEQ0mHDns5CG2TN/fMFtmbagqEl0SlJiT3f43NS4h"
    "RkWPlrsy7SwV+KMscNKsxWJRENkUg40+AsG64fITpBveDF5WURPezlZc4m55cJ5xRqzdO0"
    "gjkw+xQniPHubb9zznvB8xMIZ/tJhEhOwUR5cFcJO9XbqqCnhJ3ub1Wpzl277ylib/mbBv"
    "IPRezSbat3B1f9wyF56Nx0O0oDOb9DcttstaGI8xvnvV9nkCwsygGclxkkIRI5SLZPXFHO"
    "ShClkmyLzAbyRq1svqZhy7aOke+gtY9oPju2xnbUR9u1dIRWNnOVm/k47JHHYec9TsNZFU"
    "0PlU6M61gYemJAZZgf4GZ9swVCteiqhBUCkg+JHStA6dNwsiZ5doK6l6IJjTHkomXeBYZW"
    "FiWPaGXYM+SkXhJZqUYiJdPIlSicvLQiXW26ZeKAz07NquQAxl/I7RGmQZwholm2TJL72j"
    "NfXVozDilyeZ0/imZmqiJ/rMg0RUlPaDGBFMfSK344LN8fCZBvQAPZUX5rIP5vSH7pdH/r"
    "NJD4GZLWl063B+pF9wCy+tw+9BWRs0kcwJXrbu/GueQcVUMLKaOKDuWQLlifMtpen+AU0D"
    "20rtdjLrdQr8vY6C0xtzmyZfD2yld50q8u2IEHYlnmOkEp3Z7TYpcDabOwxBijk5JLvlrM"
    "x2sHarHA8fM4kd2oFIt3rkopxZrYMiazWopGzL1Tz1OHaUGZTZqwbFh37OWaKQKmDu0UAd"
    "Btw5fpgyovSWcrfsB7PHVzjmypIkRyEjzBAXzZYFCVQNgtfoLonheK2D7Pidg+T0Zs8yfa"
    "OE0yBm11ppnbI4mbPo2Jjf4PmQY74mUqDVwAI5+/jbOyMU4BKrhKYxUOuZj9/f/6HO6N"
)
