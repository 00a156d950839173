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
    "committed_at" TIMESTAMP,
    "commit_key" VARCHAR(64),
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
    "committed_at" TIMESTAMPTZ,
    "commit_key" VARCHAR(64) COLLATE "C",
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
    "eJztXetz4saW/1e6+JJJFXGNnfFkwmxtFbblGW4w+GKcxw23hEANaC26iSTMsHfzv+85LQ"
    "m9QcKABe4PNnr0aUm/fp13/6cy5To17bP6XDcchTnWslIj/6kwbUrhIOVulVS02Sy4hxcc"
    "bWCK4hqWUykUNKi4ow1sx9KGDtwcaaZN4ZJO7aFlzByDMyRpM0qGE42N4d7CMhyHMmIw4k"
    "woAUpmAzGUhHPNIVNNp8RwPhNGn6lF5jNdc6he9U7hbSicnuFzdT6EBxtsvL9HzJnx15yq"
    "Dh9TqMmCB/35b7hsMJ1+g4+H0z8r8CSNOaqhI4E9H/wPHfpnFh1yS6e6qjkVoIuVhVfiVl"
    "pJfMTsSR0Z1NQjLeWWFddVZzkT1x4fGze3oiRCMlCH3JxPWVB6tnQmnK2Kz+eGfoY0eG9M"
    "GbXw20NNx+am6TW1f8lFAS441pyuPl8PLuh0pM1N7ACV/xrNmQu1zqeawc6eqMWoeWbo9h"
    "mjC/jc//ZeNESkqq12V31QuqpaSfQefKFYa3uXhpxhzzOYg03xn7/degN4xNUKPuD6a73z"
    "7seP3wtAuO2MLXFTgFf5WxBqjuaSimYNMI80WV7oI0S7bAH/QtAEwZDz4fQBKxnEAaThjp"
    "8X0TDNCwD1OuzJ4YnPTaB5PdGsTDQ9ihiW8HJH2C0rU+2balI2diZw+un9Glh/rXcEsp/e"
    "C2Q5LFzustby7lyIW1GA/Vn9Cb6vCMxxOgl2AbCLzQ9RKjnlxkAd0BG3aBLQLv3mpAMaUG"
    "zVa49nou0qv3ex5qlt/2WGO+e7u/rvAtvp0rvTbLe++MVDnfm62b6KT8kjh1pF4F4RSLSL"
    "ox3mnpNzhjO8AeQcY0rToY9RxxpA92jP/IPTmkO6jTvloVu/u480yk29q+Cdi0iD+FfffY"
    "xN56tKyG+N7leCp+Rf7ZYSn5hW5br/quA7aXOHq4wvVE0PY+Jf9i/9jQLR6CnEnuOFgTZ8"
    "WmiWribu8AueVTZ5a3oxjV/RmDYWjYRo4nt6EvI/+KCSIjjj5eo6ifl/+KCAoAylzwjpay"
    "DCTmeO3SdDPod2FKKs7WgWHGpMJyPKhtSukcWEk5HBDHtCbbIwnAncJdzUQZJl8+kAfgyb"
    "WHQ0t7PE5n0/MI8QDc9xxMjSoWSqtMwXMOS8Y/gvClhzpnJ4K/WJCqWFW4uUn6X8fHwTcQ"
    "FmLjwU8iIappHycxTPomKdFOcKiHOaNZ5PKT6sCDccJjoJmA/NEq8W1GSnVmCZFrA34A01"
    "WD6TwrRPfDjoK/98VB6Vm4Jrm0dVI+5vj3UeW61G60uNeAc99vB4fa0oN1hoddhjt/VGEy"
    "+5vz12XW9dK01xaXUYZ5byjJ8PecbPh+zx8yExfp6pZadq9xosY/CEKGLtB++8r/Y739f0"
    "NMY3+OHi/MNPHz79+PHDJygi3nJ15ac1iDda3RicM4vjSpAyG92aXMtANEwUg3SEVPsC9f"
    "3Z+8NPRzftx6umQu47ynXjodFuRUVAcVPw2n+ZhiMg6Cj1ZnzS92SJAr02THK4brsvfHfd"
    "beOSTl5WJU53Ctql6Ix78T7PlAulMudccS8K9xCXRVO1KHywjbgkIL/i3KQaS0c9jTyG/A"
    "Do99WpV1cOO3FctdvNCB9z1YgzKo93V0rn3fn30QkkpbtTG9+6AMcYUJxCFz80tzjSDHNu"
    "UcBTz2Aa01GP050C9vsWiHzMpsBQaONCNpkU0lNA/NC9fWhRxGY7a0GUWBoLSmcsCLe0p0"
    "0u3soBoWzhUrewMFBsO5ajxDto6SOaWI+toYHbtqk6Z45hbtHSMWrZ1GVuas+6uOWgjlHL"
    "pi5bU5fEmv/gcIvqt4b46IRRP3S3us62P4ISBYz785nJNZ3wEeF4ZlPrjJDuhJLB0qE20S"
    "xKRnzOdDhH+7thkYev9R8uLj+mm+5fVl1h7/Y0G7w90aA+aXSXRvcjZHePw+h+moCK3wSY"
    "2bomv/xJmINjOuzLyzw67MvLbB023otpOTiDEe24QBXAOU53gnif57IZnK+xGZwnbQa28b"
    "8pOGfau/zih7N17RPeHZu7PKaiQK8NKE6wv378kKO7fvyQ2VvxllSBSgnrwBIW9CLtF5oa"
    "bOzfqq6TrQR7+0SXOeWrOnE52O9sgpQEKKuEsqG1nEHPIyAGUYuIy24YsAHlqGU8w72Rxa"
    "fC39lAlyjol1gn1GNT6OtOUvba76M2y2VS2JLC1tYtUHrJYGHBnJDmdJG9/IdITnD934+P"
    "i2QBJAuwbxagQ0fwIZMuf6IsjQ+I3F/LDFhuSVgVoWgBjatHRwRd1VOE+mpQ1JwaGOpEvz"
    "lVspgYwwmu1bZQ/hLAE5ZfekbIow2n6EcHFcwdMuK4utsTbjlkDK9A07Wzh3t0rhAraqNb"
    "sLfk0G8zA15ufb4R3RhTO2V6yJ6HA4rdTMOvuprtRwjLZiQM255vOyFHaOV8XLr5OLzyhs"
    "Ze8YaOEsuWLnVLYwzsds0copQW7DI3cXRZzSv+RamkbQhWxgTHmsA4CfAtMEvGmP1Cl4mA"
    "thimvlk/qOk4gQ2uBsPa0hYr5i3Ws+DAzWcnGqD+cF2/USp/v5LDhYd9mrdF0CzZEoD3ZQ"
    "V4fxv6xg8GsN6YvwB575E2Ncwlst6aaUb5c9vV1I24afKFq6UzUjR/u6m2x3qsH6zkfeT8"
    "sSIqKoTyjK+qgZ5ELfsz6Vv0GWrU/fI2dTy5wHsNhlTiofgmofdacOvJzi0noBdJESFBqh"
    "zfusqxHDPjS/07ZvDVWzJrEVrJkpeaX/Om1e2TRUXJZWuXurWlqP1WWjrgjrYa1WFiKXCX"
    "uaFD/GlezidEIvme9aI2QrUDOfvRq+Y4Id0oZIc6VFEJO8GJhCxaUdCvPPrbXzrUdRPJxj"
    "tuRzsR3P/epz5C9NEUZYTfd7M1Edj8OdUQD3xKB1xfrjIlakORXhEzLlKQRU0hy3s7FWAQ"
    "x4hbU1cH0B9qjDNjqJmqV3JsPFP7M4j5okZ4K0ommp2qpzjgcwuHkWDoiFQnSHVCqeeiF6"
    "oTxMhJwpltOV8RnJzh/OIyj+UcSq2Jbkg4MOuGPTO1pVo0iiROd4LeYrtPWTLTbHvBYb2F"
    "WX9SBO0E4QnCvRfnvLEFcysIpBb3wkvzIp4glIhLd0ipQCjgDpkwO79QNDs9k/NepbJrbs"
    "04glQfOhnW4niR6jpZbegXVt1Nj3LKbb+hJKSRIZ/ONLYkuqEThwuHTRvmXmpXCR2NKNT4"
    "TAmUXOXKR9Nrn35Tcaz3k2LZbqpF8/HDfbPRrZE+m0+xT3GrT0D2INB3oDL0Eu3rlPGpwd"
    "x73NRB9Hu4b7TU9u2tMBnfKZ0vSqdGbE6m+DIuKT6IoxzXF7WsLsKlHsOYFUtkZv6MYqI9"
    "cQtRbTjBJ4jSn9E/dWawH/hoRKYcJEcoCkNYHVluC/R98zReJQPNNmx4tZvGr40bpXVT8y"
    "vWRG1ZEuafleBdPBnET8vtweTKmBEpNHJHSp8lkT6z069vzlR9DKnYK95QFT84cN0xWFuN"
    "xh7zh6L7C2X+uLtqN1UAtfVFgYLh0x4Lhop/FJ9n8nBRu09V7Q+vRFsi85RlYluRrOOayt"
    "OYuxgryAXFkyH4s3gKr2GMM4PII2RbRZKXzFDlBZL/fHHx448/Xbz/8eOnyw8//XT56f0q"
    "ojx5a11o+VXjC0aXR7pwMtw8tFIWwz9GKFtg2xaIMAjJNlC+wZ0bOjSmmpkhgcUriE8nLv"
    "GZV8nxtcu6+US5btzVm+8uPlXP38dyK4cn8niO6zRdTg6k01U5EuBEQhA+t4aFlJMBRZn5"
    "mdKoJeW2f6ettAm3dULayy2jxQmlqSru+YoyddHMZiEauZ3YWo+aoAMmAS7sV9OIVHac3X"
    "Wjd01iyEZ8bDowl3Qa191KshMfGuBydt+N+IYHbwa0rxMhdEtpVB0Xvl5dm4YVSuROEwQl"
    "qDZFLeRfc+6g0hXVoSLgnhgOKlyZbtfIcKIxeE3fSQaqZbYrX7h+MiJU343bcevBGoUq1D"
    "GGT2lJgw7zYBFcFEp43a9iTfBkkyAjU0XHH3EDn8yIV1TkquwTzURnoKm2JJr+jEOFoEa3"
    "71Br2idjiy+8PV/F49wXhaf3mHAjwioie8Wi35FXTXSnWKyv+D6xmWrb180lWSJfi10p9b"
    "K1tXTGhylyYzarsCKQjFdcQMT9oViaiLhO5xSmOpmN0g6sbsoMKM7WVIdI3rSm2gaxOc1e"
    "s6a/+gQn01t3lud0qllP1NlOfxGhldqLUmsvxGpafCfXOJnMFZwyhkLsaxG2JEYmlRhpqM"
    "rtdt7A5ISyWIFJyS8uV/NumuLv9TQnt5bboKnqE/dmdZMOBU2o07wb2nQjCgjUG6D+oUqe"
    "6MxPVLiYGCZFDzPHdXyz5wOsYkAtuMXJQrOJttCWZKgx+HOGEzKfJTUn+3zQC7QOpmY76n"
    "ZCXIJ0N6PpdTURBxTlpH7iADzAyLC27uBJ2lNiXg+srphpS9znK9kC2VsFh0hOwpdgHcO1"
    "jz2CLTqkmK9/a9+CMLWUzkvHAJeEbwuZG1MYt6gxMptzCwymBaLSnQm0r8suYTC3RmaWMc"
    "SM0xhSMEBbkGuPEgyW4aysUfhQZMMGmmWnx53vrGa5EUYJ+YNs1stt3QKiZEBwOuzv7vbA"
    "Wk4HvFAIeUBxcnbNHy9y2DV/vMi0a+Ituf3gIeNpTz+qp9u+/qVGxE+PKd3bGoF/PXb32H"
    "2sN9XbRwzQCZ30WKN1o/xeI+Knx9r33Ua7VSPub491gBWqEfwfX1RfK5rHde8oMkjCNFs1"
    "XsnUvDGM80CcjXDCAX9uWSAcL4sAHKYp8+jYdprPM8tnT/IJD3w6TA3pWbOErihOr/vu3g"
    "F/OLeNWbHu6xGcHro/5wD350xsf45Da9hGiqU4G1m//OkBe56H9TvPZv3OE6yfr5ss7AOU"
    "IHzbnkAyvmn302tJ9FJNaAXb+Sfa3Copiqnw7eo6zZRrtctvTjRFxa6xT+ynwEig3Doj5D"
    "fLcBzKhJOxRTWdaDbpe+oT1yHqTAB/Jt4tJQHHvh7yElVVKUObjnYf0Wz9lFBDJgHeHPK6"
    "InxxzGvZprCdB73OLPps8LmtDk1ubwl2vAYZabwBdNx/YhuofToJ8AaAJ8Z4q1h5n04CvA"
    "Fgky+2wdcjk/BugPcZESvowRHQyLQmMs7k4NLlVn4X0t2ipO4W0rXmbbb1Oh3RZjvgceiL"
    "Kl8bD912548a8Q56rKPcN+twwf3F8wfAsanc4CXvsBxWvmOKQT0J9uBFCr58WUXajHY5/E"
    "sMrn3kFCmDnmhnGUV2p0Bti2+55sxXeiZ0qLES1XVqVC7K4neKwoVyGIeVm37mXXSw8BwP"
    "3M1diEYskFUd4vAa6U+hkYyZaaCrXjgBMJzo1DKX0CRZqY33+DSpYi2/ilU067bL/Yq41K"
    "v9db3ZrBH832P3j90agX8lWcudpbk9r+UTlxp85bHTvlfqrRrxj3qsfqfA7I3X/KOyNIdl"
    "PG2lAg8opcFhk2pLbNKa4kO1Lue0T/GmFSzBspsEL5PxjxIdjvU/f1/mIODI9qQrpqXoJq"
    "Vxwv3GIx4Hr5GQltKATqL86nkVyygEJTrYDnL/SYH0WATSurv/ZyVFEvVvVdeJoN7+obmT"
    "LM68XWs0MuOWM+Kmwd0cgELAWzDiaN+INTdxY1GRTDAo5gaNeW2D4f5puRR3Xr8MNivd7F"
    "9dI2nKPUt3Hu8vQ6JkSNSLpPNu/ff6VVOpEe+gx3758P68RvB/j3Xa3a9qo1OvEf+ox7qd"
    "+k0DFYP1pnsrdqHHHpR794530GNfH+AM/vWYcvN4XcfC6uXFzzUSOS2HDsCwV+glGv6Kc5"
    "NqLMufP0wYa/UB53uT/VdXDjtNXbXbzYhR86oRz9LweHeldN6dxzQDSQkMeSvDmafvJLMm"
    "giJKdnqBFHuZ07JivrMzk2QGfR8lxIfOS+Kip9KslWQd5j7VKeC+18hMDy7xaVvAvKI7Pa"
    "A/5kH6YzbUHxNYWxymXDZWi08kScpTwPvgiY48FAvOKDGyU0B+v8HecnvxN+LyJsJWtm3o"
    "MK3MmlvmZl6pEwuqoOJ00sqz1sqzgmsHRp77cF1Hie1Gu0K8d5Vqe6e6UEBfcf7kfmqKIS"
    "JcoLreHCE84gZu2dwRxiI38JBbgBO0PfF2VfL8zdzYXtyWyGBi6yLX5PGdTUyqj6nlbtc0"
    "WGKyYdxsKdiXqUY47nEEtU+hd6dFHR/uwSl2jD99643XKzzw4OTf0sTx2vp3aeLYO8ShqK"
    "JVzy8AaYRIQip34X2zTG90Gck/fsJUcgDFBlBoOS861ycopTSxVprQAk+XF8oSIZ+Z4+y0"
    "G0WJ6KjNsQVvqDfuAOButLaj7LwbMU4O4FIJbHcgl1RS5DRxvbpOPEOJplCUUtiLS7PJAs"
    "4mKNageCS0Yv7OL158fBWTMhmOKPzE0N9LbGbrS1Pi+lTTU1zHDvC8VBEsLpr7gf5SBHv1"
    "tViKYAdkd2ROjK1DNorvICk3j1wfrSFzMO87B7PDHc1UnzVzvlUoXIz8bWZ6+pQ7Gs5gz9"
    "RGU/HWgCdrkJivx3yo2RN1oJlaahqNzYjH6SXeG/AG/gLwsg17K7Qj1BLr9VhL5e7bUe4e"
    "h0dDWZr3JF0aSqmILLVPwx3+PDBtZk94anBltEB1rdIML6m2V7aY+mzErScyhEcTh7uqKU"
    "9ZZWvPVMe996B/QvP10cvgHw+48dCAAhHUqI0cagkPA90YjSjKNtlqs308R0Zelm76qkqd"
    "mIy8fBX1w16ilKTibNeKM3eWTwK6JlxjRXESvfbQcRoygEDKYeuXWOlZfipiWBldFUothQ"
    "X4p0hgkcbJlr5WH5g/xY1PgWKPxzAIuQe9AvwUyehHgClpvE2nQh4fqVltXlhlj/VY3RXS"
    "3kGpPh6pfARt1v8eBLGxwWw3Sw7Wx1HaWjmZk/kMZTqXxH90DWQ8TXim+7o8dFE3xBV4ba"
    "pXCeNOj+mcAURz5himd3fIp1PcRgtKoIt6FetOPvQz6bsF1Se67BOHmqbt7hzvXibaGEWm"
    "DCnxzwpfMAy4FT3S0Ol0xh00zWFtCceKP6NCSJTULS1lTCljHhVzU0DGDPf3vIiGaSSgUm"
    "g/qNAefrMEzNlyZozsFCLTDy1rDjSbqtu4xiQIT7Cv79g/5khUU8eSfjfOBBbovCmkpzB5"
    "HGCmNths7qi6MQZxpBDiMbrTg3v3+XICia4IIxelegErtxnt41AMJSAtPg/HyU5om8Td+d"
    "f6WoAt9dYxcpkSpcyK60CTU2QRiFLJJWDzEqBbxshRnQk03YSbKevAZi/IlCrepitkgZ1G"
    "LOo56dqq4djUHCWBX5vSNZVeZnYtkNlV2kDfylLimpa2bOkoseQZytbQCaPsaxkNbQOh72"
    "qpyajCt6vrDYduQdXRCiai8imrhM8oI9xCIxnwQ0Dh7lEBNWYmk8pNnCsaORrtn9ieBOqS"
    "6aJKIbZKm9neIZb5bvYKajk3Yz0JaI/DdewIgfXWvyITqyb38asduR/eMYdDxXrvDsD1GO"
    "Gj7LKbMzFpqbsiXtcfrus3yuv5NdpORq5c/1Z1g2ji5E+P22aUmAaj7rZ6kSyzU87oEl3/"
    "+r51v19FkaMvNmzvC4rw1u9JqWWXlaOXY3fi1mcnKiT2fIqyEEUtqLkk77FqsQWgX70IQv"
    "Mvxl56czBaUnjCLMTSgVAKQyVfWiRzWU5gpZS5B1DFnJyAM99miz5tmb3XkDX5WiP4v8e+"
    "tps3jdaXhxrxj7ytFVtfvC0VW1967Lp+3+jWm0gkDnrsVlGABv/3WKN13b5TasT97bH6NW"
    "6lCLe9g/iKnsf2ufsNFV8lYVfJ9P979UfUpukZcjfblAPKt2lKLpKlqwQasOPBuMCsLySG"
    "bTrvivBt9t0CbhAjStWX7GQcpi/xbFyBVfCu8fDQwBQmwTFuSHyNmxFfwwpbv8Wtjm97rN"
    "39qnRqRPyUY52USeUPpsCUec9PLe/5A0xktJKidHNvVHOFEas2Fi7iEGDzKR1wfUmgTkwr"
    "viQ2pUITNpxobAyHWjRAeGJANarLd9kYqwtdbeLYQr1lUWduMbtKBnOHMO4q2TKcCQ7wYF"
    "TZ9elUM0wRziyiikU4MEYYkoXFHfqZ9Oe2CDcURbBNMMOURaEW8XYTTQ/tjuXHMaMzhK4D"
    "0vYqJfuS6DBFZWjzkuo78VrSt+G1p9iqVOcdklV2e30qE5cO54qgzGqRbcOiLvN4aUOp7L"
    "Coy4SftjebFemyIRIZpBPVPlNramTsHJBP8IjWUOZOXPm1ofyGAoX722PKTaPbhnP3txwS"
    "RoQHSLbJWlf4BK10g5du8NI7OuEGL01u0gfpiH2QXkl6dxDx8bKSJsD796rrZHjbLWXkld"
    "7rBB+DabdWXvm2v39YsM+YEFUH1ORsTHyBVGwrhnKwSceeJ4s9gxlaB8EtLT/Y3p6TS1AW"
    "YEo5+dW5YiknH1DwkGmeZJqnV++vMqVwqVpDyhFveHGQcsTbkiPu6HQgOOJMacIrkUemWK"
    "pTUbhAkmGX0Q+z9Ta6twMH71VZFXY3uMS4m143PbPwlvWkSgbrwoWlgPDq3KsUEA4oIEj3"
    "bRkkfEzQrlaiYsDGyKRT2FpO0A4pGl/ICIZ1lkeJ7EY2MNa1yhSBmZEcZmNSmPy5YOpkwS"
    "3dC3IU7lDf2VEVbxo7l4tm45YJUqFbhmlE8msHXf/kRghSQ747CKMa8ss8CvLLbP34Zcpu"
    "5ya3iqC7IjgFlXgU3XW5h31wf8rE9qcEtFL/fcL67wRz/loMpAXcVzoPKe5sYCOxTE5O8i"
    "tfkOl8OHHt+4FDgD3hc1MnA4o5LyKZNNCx36ZDh6ODACYMFD7/mj2pkb7r0y9c8TUysrL2"
    "LDvUQ3M5KPhxZZKvLQePIPnaA7JhLwnKfFFA5qG8ohuth27n8U5pdTFLgX8sIjKFd7T7i3"
    "GZmPWgLjIe+DkS4vPW6/hMS055Be6nPOB+ygb3UwJcd+1Iwrs5+DugfHH0d9lA33n4t3Ql"
    "kK4E0pWgqBBApzPcrbeSJgb499YKAsHnOV753OplV4YgmmnyoRa4APiaY/JE6czXHvtbIP"
    "u5xDHYNyAUfPk/Htot4U7c94STPtEsmqajPtyDpaJbCgRyRZGK7j0DKtl36Qr+6v11L67g"
    "wVJbBPgo1Un0cumDfyytIW0Q+cWPUE6pNAkkmnJqjTUiKFggpThljrVE84Abf6iPqQVvSJ"
    "+pn15Ir3qn3sZd6cnDi1cjcg65SQaCpENoaPAJyGBZjeYdB7GjbelQhyESCZGpZj1R5zsQ"
    "S2AAYR3v4IN1quKYqhKbwigByfv7z/Agiw45kOJoFE+DsWkKMhRldOpohmkHr2E4NkGlK7"
    "wy1W0yoLah0xoUdLn5QCA6m/JnimYTIF5YBsh9XpYlTbd7zHCw9tE3FQd1UDsGhGJGQ4Qr"
    "+DgQrGzH/7LVE+DjcNv2IDk6dwuIDyXuh2J/cnMx9ZjIrwSClyhkYzwqCHCME3wDsgDx7A"
    "lGABOvBa1HrRk0IiDiUNO0hSFoio8G8C2+INoYvza3fccHvALdPXk3voF3XN5LUgSNmaP2"
    "xJ5Ya4jjPsErIGSaeCl1HuFqW8S92B8ICUQzd9IOk2y1i3bZkNz1Ntonb9q7evyjRuAfGv"
    "OaTTTlNZtw/LXdAZp6U4Erq+Meu27/qnRUcQVzs65Oeuym8WvjRmnd1Ih/1GMdpdH6Fdg3"
    "5UYNbqdcxJLdx05Lbd+qq1TpiUuYKL2roEIZjZDukUikLvKo47u1up3G1WPXSxwbnPUYMp"
    "k3nfpvWHFwDDSPnY7Suv5DVX6Hgdb6AnUlLomE7q2HW/jWRkskdfdPQnfaj93QLTgDDO+b"
    "DbgofvCsgR9zixfcox67UzpfMNmU+wtl/ri7ajdV/00ipz3WvsdvUdv3CrxF6GR1B4ScB2"
    "V1S5yt7im/K53rRui2f2FVov7w0PjScm28iUuheu4bnT9CteApth90hQe32dyjcph9o5xC"
    "dBCjhJexzESo1kl35RnIO7FLgrSWWFMcxxRccGEUU0jfNJSlCKw6Hm1bEXU7yi3q1vhmkE"
    "uUoyj/NQfe23BSAqs2+3mEaWWe/02OHpaRxsRvRnlFKCHeAPGI0q02q/Dp3ibA+fdZKcVe"
    "NsfELmwD8qvsyFQ2UPe6JZOn3t1qpghI3+ZkUWA29nT0xSzPKxJpdS5u/GQ8rVdnw+2Xl1"
    "gXx9rmcyuNn8unRAyoDzddV+7qrUdPhVNAlehS1Yj722ONu3uhJ3R/UUHXgQMQjFV3Y0NU"
    "0kWv9Nh9sw7X8X85FEiuzayowB4mkrsJRJfUkEWuAN8SIzuFeSjadT/m2QbjY/YuGB8Tm2"
    "DA40aGnm4QujW5ljHVR8liQI+Q7vigXsextB+vmgq57wDngtvMRSZ592aUjekoMDPGVlP0"
    "JFAt+mzQRRLrtfsxxEnldgwFtmOIux0UmE9SSE9QHNqLr6jBZnNH1Y0xtQtN4XG6E8R795"
    "N4yLcphQPZ5KYYo5Z+iqXzU0xt60HKVJbNbcbIpNni2JJEHh8TL0NR9wSshW60NrUL4hoj"
    "k1OADPA9fIBvyqS7A4DrQU1HOdNuRDe60uTA1h/sOwC32JbX8blhs9tyCeCNTY2lCk5vCD"
    "1hJSUwxLtTXRcT4moZC4SDjAyTuoHgGCwg9qAC3HhoZ+cambmqCAzpcHBPZ6ENsqar8xm1"
    "JtrMJnOmc5YSe77H56TEKciw8tdmXaSDvxRljhtUnK0KIhoikXCmwVk0XD9CdIJ6wYvLyz"
    "x62MvLNZucXyacU7g1TdMKroF5RXGCGO/e9jsF3gufn0A4208iRHIKJsqDu0o4qd5WOT0l"
    "nHR/q1J17sp9RxF7y9/UyOpQxC7dNjp3eHV12GOPrZt2S6kR97fHbuuNJhZxf+O89+sMkp"
    "nFAcBpkUESIpGDZPvEFcWsBFEqybbIbCBv1Mq20jRs2dYx8h209hHNZ8fW2K76aLuWjtDK"
    "Zi5zMx+HPfI47LzHaTgro+mh1IlxXQtDRwyoDPMD3qxutkCoFl8UsEJg8iGxYwUqfWpu1i"
    "TfTlD1UzSRAcVctLZ/wSYLi7MxWRjOhLipl0RWqr5IydT3JAo3L61IV5tumTjgs1OzKrmA"
    "wQt5PcI0mDtENMuRSXJfe+arSmvGIUUuv/NH0cxMVbQaKzJNUdITWkwg+bH0ix8Oy/dHAu"
    "Qb0EC2lN9qBP712C+t9m+tGhE/Pdb40mp3UL3oHWBWn9vHB0XkbBIHeOW63blxL7lH5dBC"
    "yqiiQzmkC9aniLZ3RXAK6B5a1+szl1uo12Vs9JaYO4BsEbz98mWe9MsLduCBWJS5TlBKt+"
    "e02OVA2swtMcbopOSyXi22wmsHarHA8fM4kd2oFIt3rlIpxerUMoaTSopGzLtTXacO04Iy"
    "mzRh2bDu2Ms1UwRMHdopAqDXhi/TB5Veks5W/KD3eOrmHNlSRYjkJHiCA/iy4aAqgLBX/A"
    "TRPc8VsX2+JmL7PBmxDU90aJpkjNrqTDO3TxI3fRpDh/wfMQ37iJepNHARjPX8bZyVjXEK"
    "WMFVGqtwyMXs7/8H1rof+A=="
)
